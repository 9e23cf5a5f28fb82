#:project ../src/GradientDescent/GradientDescent.csproj
#:property PublishAot=false

// All rules at their defaults, and AutoTrainer, on five tables: dotnet run -c Release docs/rule-table.cs -- docs/rules-on-tables.md
using System.Globalization;
using System.Reflection;
using GradientDescent;

const int Epochs = 50;
const double Penalty = 0.001;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string root = Path.Combine((string)AppContext.GetData("EntryPointFileDirectoryPath")!, "..");
string files = Path.Combine(root, "tests/GradientDescent.Tests/Files");
var diabetes = Dataset.FromCsv(Path.Combine(root, "src/GradientDescent.Tool/Data/diabetes.csv"), target: "target");
var digits = Dataset.FromCsv(Path.Combine(files, "digits.csv"), target: "target");
var fitOptions = new FitOptions { Penalty = new L2Penalty(Penalty) };
Table[] tables =
[
    new("diabetes", diabetes, () => new LinearRegression(), new MeanSquaredError()),
    new("breast cancer", Dataset.FromCsv(Path.Combine(files, "breast_cancer.csv"), target: "target"), () => new LogisticRegression(),
        new BinaryCrossEntropy()),
    new("digits", digits, () => new SoftmaxRegression(10), new CategoricalCrossEntropy()),
    new("wine", Dataset.FromCsv(Path.Combine(files, "wine.csv"), target: "target"), () => new SoftmaxRegression(3),
        new CategoricalCrossEntropy()),
    new("made", Made(20_000, 20), () => new LogisticRegression(), new BinaryCrossEntropy()),
    new("digits, network", digits,
        () => new FeedForwardNetwork(ModelTask.Classification, new DenseLayer(32, Activation.Tanh), new DenseLayer(10)),
        new CategoricalCrossEntropy()),
];
Func<IOptimizer>[] rules = [.. RulesWithDefaults()];
string[] names = [.. rules.Select(rule => rule().GetType().Name)];
var results = new (double Loss, double Held)[tables.Length, rules.Length];
var automatic = new (AutoFit Fit, double Held)[tables.Length];
for (int t = 0; t < tables.Length; t++)
{
    Table table = tables[t];
    Enumerable.Range(0, rules.Length).AsParallel().ForAll(r =>
    {
        IModel model = table.Model();
        var options = new TrainingOptions { MaxEpochs = Epochs, MaxDegreeOfParallelism = 1 };
        try
        {
            TrainingResult result = new Trainer(rules[r](), options).Fit(model, table.Training, table.Loss, fitOptions);
            results[t, r] = (result.Reason == StopReason.Diverged ? double.PositiveInfinity : result.Loss, table.HeldLoss(result));
        }
        // Muon refuses a model without a matrix, SAGA one that is not linear, the normalised rule a penalty.
        catch (Exception e) when (e is ArgumentException { ParamName: "layout" } or NotSupportedException or InvalidOperationException)
        {
            results[t, r] = (double.NaN, double.NaN);
        }
    });
    AutoFit fit = AutoTrainer.Fit(table.Model(), table.Training, table.Loss, fitOptions, new HalvingOptions { Epochs = Epochs });
    automatic[t] = (fit, table.HeldLoss(fit.Result));
    Console.Error.WriteLine($"{table.Name}: {fit}");
}

double[] best =
    [.. tables.Select((_, t) => Enumerable.Range(0, rules.Length).Select(r => results[t, r].Loss).Where(double.IsFinite).Min())];
int near = Enumerable.Range(0, 5).Count(t => automatic[t].Fit.Result.Loss <= 1.02 * best[t]);
double[] bestHeld = [.. tables.Select((_, t) => Enumerable.Range(0, rules.Length).Where(r => double.IsFinite(results[t, r].Loss))
    .Select(r => results[t, r].Held).Where(double.IsFinite).Min())];
int nearHeld = Enumerable.Range(0, 5).Count(t => automatic[t].Held <= 1.02 * bestHeld[t]);
string names5 = string.Join(", ", tables.Take(5).Select(table =>
    $"*{table.Name}* ({table.Training.SampleCount} training rows, {table.Training.FeatureCount} features)"));
string network = automatic[5].Fit.Result.Loss <= 1.02 * best[5] ? "So it is for the network." : "For the network it is not.";
string choices = string.Concat(tables.Select((table, t) =>
{
    AutoFit fit = automatic[t].Fit;
    string others = fit.Rounds.IsEmpty ? "not searched" : Ratio(fit.Rounds[^1].Standings[0].Score, t);
    return $"| {table.Name} | {fit.Chosen} | {Ratio(fit.Result.Loss, t)} | {others} | {fit.EpochsSpent:F0} |\n";
}));
string page = $"""
    # All rules on five tables

    `dotnet run -c Release docs/rule-table.cs -- docs/rules-on-tables.md` writes this page; all its figures are from that run. Each rule
    trains with its default rate and batch size, at a constant rate, for {Epochs} epochs, and nobody tuned it. `AutoTrainer` has
    {Epochs} epochs for its last candidate. A full batch is one step an epoch, so rules for full batches make {Epochs} steps here, and
    mini-batch rules as many as the table has batches.

    The tables are {names5}.
    The last one is made by the program, with a fixed seed: correlated features with heavy tails and scales from 0.001 to 1000, and a binary
    target that is random at many rows. The models are linear, logistic and softmax regression, with the penalty (λ/2)‖w‖², λ = {Penalty},
    on standardised features; without it, separated classes have no smallest loss to compare with. The sixth column is the digits
    again, with a network of 32 hidden units: a problem that is not convex.

    ## Final training loss

    Mean loss plus penalty over the training rows, at the parameters that the fit returns. The smallest of the rules is bold. Squared
    error for *diabetes*, cross-entropy for the others; "diverged" is a run that ended so, – a model or a
    penalty that the rule refuses.

    {Rows(result => result.Loss, automatic.Select(one => one.Fit.Result.Loss))}
    `AutoTrainer` is within 2 % of the best rule, or better, on {near} of the first five tables. {network}

    | table | chosen | loss / best rule | best of the search without L-BFGS / best rule | passes over the rows in all |
    |---|---|---|---|---|
    {choices}
    On the first five columns the loss is convex, and a solver with a line search is at the minimum after {Epochs} steps or close to it. So
    these columns show how far the other rules at their defaults are from it, not which of them is better at a good rate; see
    [choosing an optimizer](choosing-an-optimizer.md) for that. `AutoTrainer` always tries L-BFGS, which is among the rules of the table:
    where L-BFGS is the best rule, `AutoTrainer` cannot be far from it. The column without L-BFGS shows what its search alone has found.

    ## Loss on rows that were held out

    The same fits: mean loss without penalty on the quarter of the rows that no fit has seen. The division of the rows alone changes these
    losses by more than most rules differ, and the best of so many rules is the best by chance too. `AutoTrainer`, which chose by the
    training loss, is within 2 % of the best on {nearHeld} of the first five tables: a smaller training loss is not always a better fit.

    {Rows(result => result.Held, automatic.Select(one => one.Held))}
    """;
File.WriteAllText(args[0], page.ReplaceLineEndings("\n").TrimEnd() + "\n");

string Rows(Func<(double Loss, double Held), double> value, IEnumerable<double> ofAuto)
{
    double[] least = [.. tables.Select((_, t) =>
        Enumerable.Range(0, rules.Length).Select(r => value(results[t, r])).Where(double.IsFinite).Min())];
    List<string> rows =
    [
        $"| rule | {string.Join(" | ", tables.Select(table => table.Name))} |",
        $"|---{string.Concat(tables.Select(_ => "|---"))}|",
        $"| `AutoTrainer` | {string.Join(" | ", ofAuto.Select(Number))} |",
    ];
    foreach (int r in Enumerable.Range(0, rules.Length).OrderBy(r => names[r], StringComparer.OrdinalIgnoreCase))
    {
        IEnumerable<string> cells = tables.Select((_, t) => double.IsNaN(results[t, r].Loss) ? "–"
            : double.IsInfinity(results[t, r].Loss) ? "diverged"
            : value(results[t, r]) == least[t] ? $"**{Number(value(results[t, r]))}**" : Number(value(results[t, r])));
        rows.Add($"| `{names[r]}` | {string.Join(" | ", cells)} |");
    }

    return string.Concat(rows.Select(row => row + "\n"));
}

string Ratio(double loss, int table) => $"{loss / best[table]:F4}";

static string Number(double loss) => Math.Abs(loss) >= 1e6 ? $"{loss:G3}" : Math.Abs(loss) >= 100 ? $"{loss:F1}" : $"{loss:G4}";

// Every public optimizer whose constructor needs no argument; for rules with several, the one with the most defaults.
static IEnumerable<Func<IOptimizer>> RulesWithDefaults() =>
    from type in typeof(IOptimizer).Assembly.GetExportedTypes()
    where typeof(IOptimizer).IsAssignableFrom(type) && !type.IsAbstract
    let constructor = type.GetConstructors().FirstOrDefault(one => one.GetParameters().All(parameter => parameter.HasDefaultValue))
    where constructor is not null
    select (Func<IOptimizer>)(() => (IOptimizer)constructor.Invoke(
        BindingFlags.OptionalParamBinding, null, [.. constructor.GetParameters().Select(_ => Type.Missing)], null));

// Features are mixtures of three common factors and a part of their own, with heavy tails (Student's t with 3 degrees of freedom).
static Dataset Made(int rows, int features)
{
    var random = new Random(20_000);
    double[][] loadings = [.. Enumerable.Range(0, features).Select(_ => Enumerable.Range(0, 3).Select(_ => Normal()).ToArray())];
    double[] weights = [.. Enumerable.Range(0, features).Select(_ => Normal() / 4)];
    double[][] x = new double[rows][];
    double[] y = new double[rows];
    for (int i = 0; i < rows; i++)
    {
        double[] factors = [Normal(), Normal(), Normal()];
        double[] plain = [.. loadings.Select(loading => loading.Zip(factors, (a, b) => a * b).Sum() + HeavyTailed())];
        double score = plain.Zip(weights, (a, b) => a * b).Sum();
        y[i] = random.NextDouble() < 1 / (1 + Math.Exp(-score)) ? 1 : 0;
        x[i] = [.. plain.Select((value, j) => value * Math.Pow(10, -3 + 6.0 * j / (features - 1)))];
    }

    return Dataset.From(x, y);

    double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    double HeavyTailed()
    {
        double a = Normal(), b = Normal(), c = Normal();
        return Normal() / Math.Sqrt((a * a + b * b + c * c) / 3);
    }
}

/// <summary>A table in two parts, with features standardised by the training rows, and the model that is fitted to it.</summary>
internal sealed record Table
{
    public Table(string name, Dataset data, Func<IModel> model, ILoss loss)
    {
        (Name, Model, Loss) = (name, model, loss);
        (Dataset training, Dataset held) =
            model().Task == ModelTask.Regression ? data.Split(0.75, seed: 1) : data.SplitByClass(0.75, seed: 1);
        int count = data.FeatureCount;
        double[] means = [.. Enumerable.Range(0, count).Select(j => Column(training, j).Average())];
        double[] scales =
            [.. Enumerable.Range(0, count).Select(j => Math.Sqrt(Column(training, j).Average(x => Math.Pow(x - means[j], 2))))];
        (Training, Held) = (Standardised(training), Standardised(held));

        Dataset Standardised(Dataset part) => Dataset.From(
            [.. Enumerable.Range(0, part.SampleCount).Select(i =>
                Enumerable.Range(0, count).Select(j => scales[j] == 0 ? 0 : (part.Features(i)[j] - means[j]) / scales[j]).ToArray())],
            Enumerable.Range(0, part.SampleCount).Select(i => part.Targets(i)[0]).ToArray());
    }

    public string Name { get; }

    public Dataset Training { get; }

    public Dataset Held { get; }

    public Func<IModel> Model { get; }

    public ILoss Loss { get; }

    public double HeldLoss(TrainingResult result) =>
        Objective.Full(new EmpiricalRisk(Model(), Loss, Held)).Evaluate(result.Parameters.AsSpan(), []);

    private static IEnumerable<double> Column(Dataset data, int column) =>
        Enumerable.Range(0, data.SampleCount).Select(i => data.Features(i)[column]);
}
