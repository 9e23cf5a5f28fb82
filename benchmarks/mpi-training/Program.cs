using System.Diagnostics;
using System.Globalization;
using GradientDescent;

// What training costs on the ranks of this job. One line per case: medians of rounds, as rank 0 sees them.
//   gradient [samples] [threads]   the full gradient of a linear regression with 100 features; 2,000,000 samples take 1.6 GB
//   steps                          full-batch steps of a model whose gradient costs nothing, for 10² to 10⁶ parameters
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
using MpiCollective? mpi = MpiCollective.StartIfLaunched();
if (args is ["steps"])
    StepTimes.Print(mpi);
else
    GradientTimes.Print(mpi, args.Length > 1 ? int.Parse(args[1]) : 2_000_000, args.Length > 2 ? int.Parse(args[2]) : 1);
