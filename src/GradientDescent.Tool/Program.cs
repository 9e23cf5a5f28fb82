using System.Globalization;
using GradientDescent.Tool;
using Spectre.Console;

// For all threads, as Spectre draws progress bars from one of its own.
CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentUICulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;

IAnsiConsole? terminal = !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Ansi ? AnsiConsole.Console : null;
return CommandLine.Run(args, Console.Out, Console.Error, terminal);
