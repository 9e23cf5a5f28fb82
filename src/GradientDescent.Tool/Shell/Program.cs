using System.Globalization;
using GradientDescent.Tool;
using Spectre.Console;

// The culture is set for all threads, because Spectre.Console draws progress bars on another thread.
CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentUICulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;

// Open MPI gives each process a terminal and copies what it writes there, maybe to a file. .NET would begin with an escape sequence.
if (GradientDescent.MpiCollective.IsLaunched)
    Environment.SetEnvironmentVariable("TERM", "dumb");

IAnsiConsole? terminal = !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Ansi ? AnsiConsole.Console : null;
return RanksOfTool.Run(args, Console.Out, Console.Error, terminal);
