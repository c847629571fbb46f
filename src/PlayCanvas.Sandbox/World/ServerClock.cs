namespace PlayCanvas.Sandbox;

/// <summary>The server's clock, which may be ahead of the machine's or behind it.</summary>
internal sealed class ServerClock(TimeProvider time, TimeSpan offset)
{
    public DateTimeOffset Now => time.GetUtcNow() + offset;
}
