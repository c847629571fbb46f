using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace PlayCanvas.Build.Api.Contracts;

/// <summary>The answer to <c>POST apps</c>. Its form is not documented: an app, a job, or a build.</summary>
[JsonConverter(typeof(Converter))]
internal sealed record PublishAnswer
{
    public App? App { get; init; }

    public Job? Job { get; init; }

    public BuildRecord? Build { get; init; }

    private sealed class Converter : JsonConverter<PublishAnswer>
    {
        public override bool CanWrite => false;

        public override PublishAnswer ReadJson(
            JsonReader reader, Type objectType, PublishAnswer? existingValue, bool hasExistingValue, JsonSerializer serializer)
        {
            var answer = JObject.Load(reader);
            if (answer["messages"] is not null)
                return new PublishAnswer { Job = answer.ToObject<Job>(serializer) };
            if (answer["type"]?.ToString() == "publish")
                return new PublishAnswer { Build = answer.ToObject<BuildRecord>(serializer) };
            return new PublishAnswer { App = answer.ToObject<App>(serializer) };
        }

        public override void WriteJson(JsonWriter writer, PublishAnswer? value, JsonSerializer serializer) => throw new NotSupportedException();
    }
}
