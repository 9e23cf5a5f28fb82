namespace GradientDescent.Benchmarks.Compare;

/// <summary>Work that is timed. It returns how to compute the loss of what it fitted, which is not timed; null if there is none.</summary>
internal delegate Func<double>? Work();

/// <summary>A whole job as a user has it, measured once in a process of its own.</summary>
/// <param name="Rows">The number of samples.</param>
/// <param name="Columns">The number of features.</param>
/// <param name="Prepare">Makes data with so many rows and columns ready. It is called with few of them first, to compile the code.</param>
internal sealed record Job(int Rows, int Columns, Func<int, int, Work> Prepare)
{
    /// <summary>What the names of measurements end with: seconds, seconds, MB, and the mean loss.</summary>
    public const string Cpu = "/cpu", Wall = "/wall", Memory = "/memory", Loss = "/loss";

    private const int FewRows = 3_000, FewColumns = 40;

    /// <summary>Runs the job on few numbers until it is compiled, then once on all of them, and prints what it took.</summary>
    public void Print(string name)
    {
        Work few = Prepare(FewRows, Math.Min(Columns, FewColumns));
        Stopclock.WarmUp(() => few()?.Invoke());
        Work work = Prepare(Rows, Columns);
        var footprint = new Footprint();
        Func<double>? loss = null;
        double cpuSeconds = 0;
        double seconds = Stopclock.Seconds(() => cpuSeconds = Stopclock.CpuSeconds(() => loss = work()));
        double memory = footprint.Megabytes();
        Stopclock.Print(name + Cpu, Rows, cpuSeconds);
        Stopclock.Print(name + Wall, Rows, seconds);
        Stopclock.Print(name + Memory, Rows, memory);
        if (loss is not null)
            Stopclock.Print(name + Loss, Rows, loss());
    }
}
