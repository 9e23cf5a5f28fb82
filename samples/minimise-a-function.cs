#:project ../src/GradientDescent/GradientDescent.csproj
#:property PublishAot=false

// The smallest value of a function: Rosenbrock's valley, curved, flat along its floor and steep across.
using GradientDescent;

IObjective valley = Objective.From(
    p =>
    {
        double along = 1 - p[0], across = p[1] - p[0] * p[0];
        return along * along + 100 * across * across;
    },
    (p, gradient) =>
    {
        double along = 1 - p[0], across = p[1] - p[0] * p[0];
        gradient[0] = -2 * along - 400 * p[0] * across;
        gradient[1] = 200 * across;
    });

// A derivative by hand is easily wrong: compare it with differences first.
Console.WriteLine(GradientCheck.Run(valley, [-1.2, 1]).Outcome);

var options = new TrainingOptions { GradientTolerance = 1e-8, MaxSteps = 50_000 };
foreach (IOptimizer optimizer in (IOptimizer[])[new BatchGD(0.001), new Nesterov(0.001), new Adam(0.02)])
{
    TrainingResult result = new Trainer(optimizer, options).Minimize(valley, [-1.2, 1]);
    Console.WriteLine(
        $"{optimizer.GetType().Name}: {result.Reason} after {result.Steps} steps at ({result.Parameters[0]:F6}, " +
        $"{result.Parameters[1]:F6})");
}

// Prints:
// Passed
// BatchGD: Converged after 43605 steps at (1.000000, 1.000000)
// Nesterov: Converged after 4178 steps at (1.000000, 1.000000)
// Adam: Converged after 4398 steps at (1.000000, 1.000000)
