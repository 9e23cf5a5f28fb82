using System.Collections.Immutable;

namespace GradientDescent.Reporting;

/// <summary>The path of an optimizer in two parameters.</summary>
/// <param name="Name">The name in the legend.</param>
/// <param name="Points">The parameters at the start and after every step.</param>
public sealed record Trajectory(string Name, ImmutableArray<(double X, double Y)> Points)
{
    /// <summary>Returns the name and the number of points.</summary>
    public override string ToString() => FormattableString.Invariant($"{Name}: {Points.Length} points");

    /// <summary>Makes all remaining steps of a run and records the parameters.</summary>
    /// <param name="name">The name in the legend.</param>
    /// <param name="run">A run of two parameters, as <c>new Trainer(optimizer, options).CreateRun(objective, start)</c> gives it.</param>
    /// <exception cref="ArgumentException">The run does not have two parameters.</exception>
    /// <example><code>
    /// var trainer = new Trainer(new Momentum(0.0005), new TrainingOptions { MaxSteps = 500 });
    /// TrainingRun run = trainer.CreateRun(TestFunctions.Rosenbrock, [-1.2, 1]);
    /// Trajectory path = Trajectory.From("Momentum", run);
    /// Console.WriteLine(path.Points.Length);   // 501
    /// </code></example>
    public static Trajectory From(string name, TrainingRun run)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(run);
        ImmutableArray<(double X, double Y)>.Builder points = ImmutableArray.CreateBuilder<(double X, double Y)>();
        Record();
        while (run.Advance())
            Record();
        return new Trajectory(name, points.ToImmutable());

        void Record()
        {
            ImmutableArray<double> parameters = run.Parameters;
            if (parameters.Length != 2)
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"run has {parameters.Length} parameters: it must have two."), nameof(run));
            }

            points.Add((parameters[0], parameters[1]));
        }
    }
}
