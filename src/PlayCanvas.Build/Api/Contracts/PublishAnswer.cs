using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace PlayCanvas.Build.Api.Contracts;

/// <summary>
/// The ids in the response to <c>POST apps</c>, which is an app, a job, or a build: its form is not documented. At least one of them is set.
/// </summary>
[JsonConverter(typeof(Converter))]
internal sealed record PublishAnswer
{
    public long? AppId { get; init; }

    public string? JobId { get; init; }

    public string? BuildId { get; init; }

    private sealed class Converter : JsonConverter<PublishAnswer>
    {
        public override bool CanWrite => false;

        public override PublishAnswer ReadJson(
            JsonReader reader, Type objectType, PublishAnswer? existingValue, bool hasExistingValue, JsonSerializer serializer)
        {
            var answer = Read(JObject.Load(reader), serializer);
            return answer.AppId is null && answer.JobId is null && answer.BuildId is null
                ? throw new JsonSerializationException("The response names neither an app nor a job nor a build.")
                : answer;
        }

        private static PublishAnswer Read(JObject answer, JsonSerializer serializer)
        {
            if (answer["messages"] is not null)
                return new PublishAnswer { JobId = answer.ToObject<Job>(serializer)!.Id };
            if (answer["type"]?.ToString() == BuildType.Publish)
            {
                var build = answer.ToObject<BuildRecord>(serializer)!;
                return new PublishAnswer { AppId = build.AppId, JobId = build.JobId, BuildId = build.Id };
            }

            var app = answer.ToObject<App>(serializer)!;
            return new PublishAnswer { AppId = app.Id > 0 ? app.Id : null, BuildId = app.BuildJobId };
        }

        public override void WriteJson(JsonWriter writer, PublishAnswer? value, JsonSerializer serializer) => throw new NotSupportedException();
    }
}
