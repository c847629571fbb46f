namespace PlayCanvas.Build.PackageTests.Faults;

/// <summary>Something that can be seen of a build from outside: what it has asked, or put into a folder.</summary>
internal sealed record Moment(string Name, Func<bool> HasCome)
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(1);

    /// <summary>Waits until it comes; false when the build ends before.</summary>
    public async Task<bool> ComesBeforeAsync(Task end)
    {
        while (!HasCome())
        {
            if (end.IsCompleted)
                return false;
            await Task.Delay(Glance);
        }

        return true;
    }
}

/// <summary>A moment, and how long it is from there to the next.</summary>
internal sealed record Span(Moment Start, TimeSpan Length);
