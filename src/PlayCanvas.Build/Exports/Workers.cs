using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace PlayCanvas.Build.Exports;

/// <summary>A few threads that share work out among them. They are threads of their own, since each blocks while it reads and writes.</summary>
internal static class Workers
{
    /// <summary>Enough for one to inflate while others wait for the network; more would only get into each other's way.</summary>
    private const int MaxWorkers = 4;

    private static readonly TimeSpan TellInterval = TimeSpan.FromSeconds(0.5);

    /// <summary>Does some things at the same time; the first failure ends the rest and is thrown.</summary>
    public static void Together(CancellationToken cancellationToken, params Action<CancellationToken>[] things) =>
        ForEach(things, token => thing => thing(token), static () => { }, cancellationToken);

    /// <summary>Does something to each item; the first failure ends the rest and is thrown.</summary>
    /// <param name="items">In the order in which they are begun.</param>
    /// <param name="makeWorker">Makes what one thread uses again and again; its token is cancelled on a failure too.</param>
    /// <param name="onWaiting">Called now and then, on the caller's thread.</param>
    /// <param name="cancellationToken">Ends all of it.</param>
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
