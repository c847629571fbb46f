namespace PlayCanvas.Build.PackageTests.Faults;

/// <summary>A step of a build that is visible from outside: a request, or a file in a folder.</summary>
internal sealed record Moment(string Name, Func<bool> HasCome)
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(1);

    /// <summary>Waits until the moment comes. Returns false if the build ends first.</summary>
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

/// <summary>A moment, and the time from it to the next moment.</summary>
internal sealed record Span(Moment Start, TimeSpan Length);
