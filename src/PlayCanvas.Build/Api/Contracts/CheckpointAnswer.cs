using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace PlayCanvas.Build.Api.Contracts;

/// <summary>
/// The id in the response to <c>POST checkpoints</c>: that of a job, as the manual says, or that of the checkpoint, as its older pages say. One of
/// them is set.
/// </summary>
[JsonConverter(typeof(Converter))]
internal sealed record CheckpointAnswer
{
    public string? JobId { get; init; }

    public string? CheckpointId { get; init; }

    private sealed class Converter : JsonConverter<CheckpointAnswer>
    {
        public override bool CanWrite => false;

        public override CheckpointAnswer ReadJson(
            JsonReader reader, Type objectType, CheckpointAnswer? existingValue, bool hasExistingValue, JsonSerializer serializer)
        {
            var answer = JObject.Load(reader);
            var isJob = answer["messages"] is not null || answer["status"] is not null || answer["data"] is not null;
            return answer["id"]?.ToString() is { Length: > 0 } id
                ? new CheckpointAnswer { JobId = isJob ? id : null, CheckpointId = isJob ? null : id }
                : throw new JsonSerializationException("The response names neither a job nor a checkpoint.");
        }

        public override void WriteJson(JsonWriter writer, CheckpointAnswer? value, JsonSerializer serializer) => throw new NotSupportedException();
    }
}
