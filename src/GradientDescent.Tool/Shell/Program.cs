using System.Globalization;
using GradientDescent.Tool;
using Spectre.Console;

// The culture is set for all threads, because Spectre.Console draws progress bars on another thread.
CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentUICulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;

IAnsiConsole? terminal = !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Ansi ? AnsiConsole.Console : null;
return CommandLine.Run(args, Console.Out, Console.Error, terminal);
