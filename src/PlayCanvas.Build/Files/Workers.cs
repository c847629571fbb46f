using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace PlayCanvas.Build.Files;

/// <summary>Runs work on a few threads. They are dedicated threads, since each blocks while it reads and writes.</summary>
internal static class Workers
{
    /// <summary>Enough for one thread to inflate while others wait for the network; more would only slow each other down.</summary>
    private const int MaxWorkers = 4;

    private static readonly TimeSpan TellInterval = TimeSpan.FromSeconds(0.5);

    /// <summary>
    /// Processes each item. The first failure cancels the others and is thrown. Later failures are dropped: most of them are consequences of that
    /// cancellation, and the next build reports what is left.
    /// </summary>
    /// <param name="items">The items, in the order in which they are started.</param>
    /// <param name="makeWorker">Creates the action of one thread, which is called for many items. Its token is also cancelled by a failure.</param>
    /// <param name="onWaiting">Called occasionally, on the caller's thread.</param>
    /// <param name="cancellationToken">Cancels all work.</param>
    public static void ForEach<T>(IReadOnlyCollection<T> items, Func<CancellationToken, Action<T>> makeWorker, Action onWaiting, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var queue = new ConcurrentQueue<T>(items);
        var failures = new ConcurrentQueue<Exception>();
        var workers = Enumerable.Range(0, Math.Min(MaxWorkers, items.Count))
            .Select(_ => Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))
            .ToArray();
        while (!Task.WaitAll(workers, TellInterval))
            onWaiting();

        cancellationToken.ThrowIfCancellationRequested();
        if (failures.TryDequeue(out var first))
            ExceptionDispatchInfo.Capture(first).Throw();

        void Work()
        {
            try
            {
                var worker = makeWorker(stop.Token);
                while (!stop.IsCancellationRequested && queue.TryDequeue(out var item))
                    worker(item);
            }
            catch (Exception error)
            {
                failures.Enqueue(error);
                stop.Cancel();
            }
        }
    }
}
