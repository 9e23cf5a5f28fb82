#:project ../src/GradientDescent/GradientDescent.csproj
#:property PublishAot=false

// A line through points: in one call, and with an optimizer of your choice that is watched.
using GradientDescent;

double[] hours = [1, 2, 3, 4, 5, 6, 7, 8], marks = [35, 41, 50, 52, 63, 66, 78, 79];

LinearFit line = LinearRegression.Fit(hours, marks);
Console.WriteLine(line);
Console.WriteLine($"nine hours: {line.Predict(9):F1}");
Console.WriteLine(line.Statistics);

// The same by hand. Features are scaled inside; weights come back in the data's units.
var model = new LinearRegression();
foreach (TrainingReport report in new Trainer(new Momentum(0.05)).CreateRun(model, Dataset.From(hours, marks)).RunSteps())
{
    if (report.EndsEpoch && report.Epoch is 1 or 10 or 100)
        Console.WriteLine($"epoch {report.Epoch}: loss {report.EpochLoss:F2}");
}

Console.WriteLine($"y = {model.Intercepts[0]:F3} + {model.Weights[0]:F3} x");

// Prints:
// y = 28.4286 + 6.57143·x (MSE 4.28571, RMSE 2.0702, MAE 1.78571, R² 0.981447)
// nine hours: 87.6
//                  estimate    std. error           t          p
// x                 6.57143      0.368856      17.816   2.01E-06
// (intercept)       28.4286       1.86263      15.263   4.99E-06
// R² 0.981447, adjusted 0.978355
// residual standard deviation 2.39046 on 6 degrees of freedom
// F 317.4 on 1 and 6, p 2.01E-06
// AIC 40.3453, BIC 40.5836, log-likelihood -17.1727, Durbin–Watson 3.5
// epoch 1: loss 231.00
// epoch 10: loss 86.92
// epoch 100: loss 4.29
// y = 28.429 + 6.571 x
