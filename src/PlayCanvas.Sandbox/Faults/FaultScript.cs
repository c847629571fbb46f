namespace PlayCanvas.Sandbox;

/// <summary>
/// The scripted faults. A fault applies to a method and a path, in which <c>*</c> stands for any characters, on either origin, and to one call of
/// them, counted from the time when the fault was added.
/// </summary>
public sealed class FaultScript
{
    /// <summary>Used in place of a call's number: every call.</summary>
    public const int EveryCall = 0;

    private readonly Lock gate = new();
    private readonly List<Rule> rules = [];
    private readonly Queue<JobOutcome> outcomes = [];

    /// <summary>Changes the bytes of each zip that is packed from now on.</summary>
    public Func<byte[], byte[]>? MutateZip { get; set; }

    /// <summary>Adds a fault for the next call, for the call with the given number, or for <see cref="EveryCall"/>.</summary>
    public void On(string method, string path, Fault fault, int call = 1)
    {
        lock (gate)
            rules.Add(new Rule(method, path, call, fault));
    }

    /// <summary>Adds a fault for the call with the given number.</summary>
    public void On(string method, string path, int call, Fault fault) => On(method, path, fault, call);

    /// <summary>Sets the outcomes of the next publishes, downloads and exports, in the order of their requests.</summary>
    public void NextJobs(params JobOutcome[] next)
    {
        lock (gate)
        {
            foreach (var outcome in next)
                outcomes.Enqueue(outcome);
        }
    }

    /// <summary>Removes all faults and outcomes.</summary>
    public void Clear()
    {
        lock (gate)
        {
            rules.Clear();
            outcomes.Clear();
            MutateZip = null;
        }
    }

    internal Fault? Next(string method, string path)
    {
        lock (gate)
        {
            Fault? fault = null;
            foreach (var rule in rules.Where(rule => rule.Method == method && PathPattern.Matches(rule.Path, path)))
            {
                rule.Calls++;
                if (rule.Call == EveryCall || rule.Call == rule.Calls)
                    fault ??= rule.Fault;
            }

            return fault;
        }
    }

    internal JobOutcome NextOutcome()
    {
        lock (gate)
            return outcomes.TryDequeue(out var outcome) ? outcome : JobOutcome.Success;
    }

    private sealed class Rule(string method, string path, int call, Fault fault)
    {
        public string Method => method;

        public string Path => path;

        public int Call => call;

        public Fault Fault => fault;

        public int Calls { get; set; }
    }
}
