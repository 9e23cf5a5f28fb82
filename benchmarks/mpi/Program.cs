using System.Diagnostics;
using System.Globalization;
using GradientDescent;

// The time of Sum for 1 to 10^6 numbers, as rank 0 sees it, and the model t = α + β·8n that fits the times best in relative terms.
// mpirun --bind-to none -n 2 dotnet MpiTimes.dll, on a machine that does nothing else.
const int Rounds = 9;
const double SecondsPerRound = 0.05;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

using var mpi = MpiCollective.Start();
int[] lengths = [.. Enumerable.Range(0, 7).Select(power => (int)Math.Pow(10, power))];
double[] seconds = [.. lengths.Select(Measure)];
if (mpi.Rank > 0)
    return;

Console.WriteLine(mpi);
Console.WriteLine("  numbers     microseconds");
foreach ((int length, double time) in lengths.Zip(seconds))
    Console.WriteLine($"{length,9} {time * 1e6,16:F2}");
double[] bytes = [.. lengths.Select(length => 8.0 * length)];
NonlinearFit model = NonlinearLeastSquares.Fit(
    (p, x) => p[0] + p[1] * x, bytes, seconds, start: [seconds[0], seconds[^1] / bytes[^1]], [.. seconds.Select(t => 1 / (t * t))]);
Console.WriteLine($"t = α + β·8n: α = {model.Parameters[0] * 1e6:F2} µs, 1/β = {1e-9 / model.Parameters[1]:F2} GB/s");
Console.WriteLine($"largest deviation of the model: {bytes.Zip(seconds).Max(p => Math.Abs(model.Predict(p.First) / p.Second - 1)):P0}");

// The median of the rounds.
double Measure(int length)
{
    double[] values = new double[length];
    double[] calls = [1];
    while (true)
    {
        // Rank 0 decides how many calls a round has: all ranks must make the same ones.
        double time = TimeOf((int)calls[0], values);
        if (mpi.Rank == 0)
            calls[0] = time < SecondsPerRound ? Math.Ceiling(calls[0] * Math.Min(10, 1.5 * SecondsPerRound / time)) : -calls[0];
        mpi.Broadcast(calls, 0);
        if (calls[0] < 0)
            break;
    }

    double[] times = [.. Enumerable.Range(0, Rounds).Select(_ => TimeOf((int)-calls[0], values)).Order()];
    return times[Rounds / 2] / -calls[0];
}

double TimeOf(int calls, double[] values)
{
    mpi.Sum([0]); // all ranks begin together
    long start = Stopwatch.GetTimestamp();
    for (int i = 0; i < calls; i++)
        mpi.Sum(values);
    return Stopwatch.GetElapsedTime(start).TotalSeconds;
}
