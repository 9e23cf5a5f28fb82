using System.Globalization;
using GradientDescent;

// What training costs on the ranks of this job. Times are those that rank 0 sees.
//   gradient [samples] [threads]   the full gradient of a linear regression with 100 features; 2,000,000 samples take 1.6 GB
//   steps                          full-batch steps of a model whose gradient costs nothing, for 10² to 10⁶ parameters
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
using MpiCollective? mpi = MpiCollective.StartIfLaunched();
if (args is ["steps"])
    StepTimes.Print(mpi);
else
    GradientTimes.Print(mpi, samples: Number(1, 2_000_000), threads: Number(2, 1));

int Number(int place, int otherwise) => args.Length > place ? int.Parse(args[place], CultureInfo.InvariantCulture) : otherwise;
