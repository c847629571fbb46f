namespace PlayCanvas.Sandbox;

/// <summary>The server's clock, which may differ from the machine's clock.</summary>
internal sealed class ServerClock(TimeProvider time, TimeSpan offset)
{
    public DateTimeOffset Now => time.GetUtcNow() + offset;
}
