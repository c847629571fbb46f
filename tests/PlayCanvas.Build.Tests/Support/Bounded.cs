using System.Runtime.ExceptionServices;

namespace PlayCanvas.Build.Tests.Support;

/// <summary>Runs code that must end, with a time limit, so that a test fails instead of hanging.</summary>
internal static class Bounded
{
    public static TimeSpan Limit { get; } = TimeSpan.FromSeconds(30);

    public static void Run(Action action) => Run(() =>
    {
        action();
        return 0;
    });

    public static T Run<T>(Func<T> function)
    {
        T? result = default;
        ExceptionDispatchInfo? error = null;
        var thread = new Thread(() =>
        {
            try
            {
                result = function();
            }
            catch (Exception thrown)
            {
                error = ExceptionDispatchInfo.Capture(thrown);
            }
        })
        { IsBackground = true };
        thread.Start();
        if (!thread.Join(Limit))
            throw new InvalidOperationException($"The code did not end within {Limit}.");
        error?.Throw();
        return result!;
    }
}
