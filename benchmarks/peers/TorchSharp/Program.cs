using System.Globalization;
using GradientDescent.Benchmarks.Compare;
using TorchSharp;

// What benchmarks/compare calls, with the names that the other sides print. Without arguments: whether libtorch can be loaded.
switch (args)
{
    case []:
        return Loading.Try();
    case ["measure-updates", string n, string samples]:
        torch.set_num_threads(1);
        Updates.Print(int.Parse(n, CultureInfo.InvariantCulture), int.Parse(samples, CultureInfo.InvariantCulture));
        return 0;
    case ["measure-training", string samples]:
        torch.set_num_threads(1);
        Softmax.PrintEpochs(int.Parse(samples, CultureInfo.InvariantCulture));
        return 0;
    case ["measure-job", string name]:
        Softmax.Job(name).Print(name);
        return 0;
    default:
        Console.Error.WriteLine("usage: measure-updates <n> <samples> | measure-training <samples> | measure-job <name>");
        return 2;
}
