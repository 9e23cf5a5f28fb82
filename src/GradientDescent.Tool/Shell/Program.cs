using System.Globalization;
using GradientDescent.Tool;
using Spectre.Console;

// For all threads: Spectre.Console draws progress bars on its own thread.
CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentUICulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;

IAnsiConsole? terminal = !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Ansi ? AnsiConsole.Console : null;
return CommandLine.Run(args, Console.Out, Console.Error, terminal);
