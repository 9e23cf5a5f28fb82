using System.Collections.Immutable;

namespace GradientDescent.Reporting;

/// <summary>Where an optimizer went in two parameters.</summary>
/// <param name="Name">What it is called in the legend.</param>
/// <param name="Points">The parameters at the start and after every update.</param>
public sealed record Trajectory(string Name, ImmutableArray<(double X, double Y)> Points)
{
    /// <summary>Makes all the updates of a run that are left and keeps where it was.</summary>
    /// <param name="name">What it is called in the legend.</param>
    /// <param name="run">A run of two parameters, as <c>new Trainer(optimizer, options).CreateRun(objective, start)</c> gives it.</param>
    /// <exception cref="ArgumentException">The run has not two parameters.</exception>
    /// <example><code>
    /// TrainingRun run = new Trainer(new Momentum(0.0005), new TrainingOptions { MaxSteps = 500 }).CreateRun(TestFunctions.Rosenbrock, [-1.2, 1]);
    /// Trajectory path = Trajectory.Of("Momentum", run);
    /// Console.WriteLine(path.Points.Length);   // 501
    /// </code></example>
    public static Trajectory Of(string name, TrainingRun run)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(run);
        ImmutableArray<(double X, double Y)>.Builder points = ImmutableArray.CreateBuilder<(double X, double Y)>();
        Keep();
        foreach (TrainingReport _ in run.RunSteps())
            Keep();
        return new Trajectory(name, points.ToImmutable());

        void Keep()
        {
            ImmutableArray<double> parameters = run.Parameters;
            if (parameters.Length != 2)
                throw new ArgumentException(FormattableString.Invariant($"run has {parameters.Length} parameters: only two can be drawn."), nameof(run));
            points.Add((parameters[0], parameters[1]));
        }
    }
}
