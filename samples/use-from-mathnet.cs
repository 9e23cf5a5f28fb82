#:project ../src/GradientDescent/GradientDescent.csproj
#:property PublishAot=false

// With MathNet.Numerics: an optimizer as its minimizer, its vectors moved in place, its matrices fitted.
using GradientDescent;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

Vector<double> centre = Vector<double>.Build.Dense([3, -1]);
IObjectiveFunction bowl = ObjectiveFunction.Gradient(p => (p - centre).DotProduct(p - centre), p => 2 * (p - centre));

IUnconstrainedMinimizer minimizer = new MathNetMinimizer(new Nesterov(0.1));
MinimizationResult result = minimizer.FindMinimum(bowl, Vector<double>.Build.Dense(2));
Console.WriteLine($"{result.ReasonForExit}: {result.MinimizingPoint[0]:F4} {result.MinimizingPoint[1]:F4}");

// A loop of your own: dense vectors are not copied.
Vector<double> parameters = Vector<double>.Build.Dense(2);
var optimizer = new Adam(0.1);
for (int i = 0; i < 500; i++)
    optimizer.Update(parameters, 2 * (parameters - centre));
Console.WriteLine($"{parameters[0]:F4} {parameters[1]:F4}");

Matrix<double> features = Matrix<double>.Build.DenseOfArray(new double[,] { { 1, 2 }, { 2, 1 }, { 3, 4 }, { 4, 3 } });
Vector<double> targets = Vector<double>.Build.Dense([9, 8.5, 19, 18]);
Console.WriteLine(LinearRegression.Fit(features.ToDataset(targets)));

// Prints:
// AbsoluteGradient: 3.0000 -1.0000
// 3.0000 -1.0000
// y = 1.4375 + 2.0625·x1 + 2.8125·x2 (MSE 0.015625, RMSE 0.125, MAE 0.125, R² 0.999347)
