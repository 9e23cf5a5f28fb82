using System.Collections.Immutable;
using System.Globalization;

namespace GradientDescent.Tool;

/// <summary>Optimizers, schedules, penalties and batch sizes by their names on the command line.</summary>
internal static class TrainingCatalog
{
    private const double WarmUpShare = 0.1;

    private static readonly (string Name, Func<double?, IOptimizer> Create)[] _optimizers =
    [
        ("batchgd", rate => rate is { } r ? new BatchGD(r) : new BatchGD()),
        ("sgd", rate => rate is { } r ? new SGD(r) : new SGD()),
        ("minibatchsgd", rate => rate is { } r ? new MiniBatchSGD(r) : new MiniBatchSGD()),
        ("momentum", rate => rate is { } r ? new Momentum(r) : new Momentum()),
        ("nesterov", rate => rate is { } r ? new Nesterov(r) : new Nesterov()),
        ("adagrad", rate => rate is { } r ? new AdaGrad(r) : new AdaGrad()),
        ("rmsprop", rate => rate is { } r ? new RMSProp(r) : new RMSProp()),
        ("adam", rate => rate is { } r ? new Adam(r) : new Adam()),
        ("adamw", rate => rate is { } r ? new AdamW(r) : new AdamW()),
        ("adamax", rate => rate is { } r ? new AdaMax(r) : new AdaMax()),
        ("nadam", rate => rate is { } r ? new NAdam(r) : new NAdam()),
        ("radam", rate => rate is { } r ? new RAdam(r) : new RAdam()),
        ("adadelta", rate => rate is { } r ? new AdaDelta(r) : new AdaDelta()),
        ("rprop", rate => rate is { } r ? new Rprop(r) : new Rprop()),
        ("signsgd", rate => rate is { } r ? new SignSGD(r) : new SignSGD()),
        ("lion", rate => rate is { } r ? new Lion(r) : new Lion()),
        ("yogi", rate => rate is { } r ? new Yogi(r) : new Yogi()),
        ("adabelief", rate => rate is { } r ? new AdaBelief(r) : new AdaBelief()),
        ("adabound", rate => rate is { } r ? new AdaBound(r) : new AdaBound()),
        ("adan", rate => rate is { } r ? new Adan(r) : new Adan()),
        ("qhm", rate => rate is { } r ? new QHM(r) : new QHM()),
        ("qhadam", rate => rate is { } r ? new QHAdam(r) : new QHAdam()),
        ("ademamix", rate => rate is { } r ? new AdEMAMix(r) : new AdEMAMix()),
        ("adopt", rate => rate is { } r ? new ADOPT(r) : new ADOPT()),
        ("madgrad", rate => rate is { } r ? new MADGRAD(r) : new MADGRAD()),
        ("laprop", rate => rate is { } r ? new LaProp(r) : new LaProp()),
        ("aggmo", rate => rate is { } r ? new AggMo(r) : new AggMo()),
        ("diffgrad", rate => rate is { } r ? new DiffGrad(r) : new DiffGrad()),
        ("ftrl", rate => rate is { } r ? new FTRL(r) : new FTRL()),
        ("schedulefreesgd", rate => rate is { } r ? new ScheduleFreeSGD(r) : new ScheduleFreeSGD()),
        ("schedulefreeadamw", rate => rate is { } r ? new ScheduleFreeAdamW(r) : new ScheduleFreeAdamW()),
        ("dog", rate => rate is { } r ? new DoG(r) : new DoG()),
        ("dadaptsgd", rate => rate is { } r ? new DAdaptSGD(r) : new DAdaptSGD()),
        ("prodigy", rate => rate is { } r ? new Prodigy(r) : new Prodigy()),
        ("cocob", rate => rate is { } r ? new COCOB(r) : new COCOB()),
        ("lamb", rate => rate is { } r ? new LAMB(r) : new LAMB()),
        ("lars", rate => rate is { } r ? new LARS(r) : new LARS()),
        ("novograd", rate => rate is { } r ? new NovoGrad(r) : new NovoGrad()),
        ("svrg", rate => rate is { } r ? new SVRG(r) : new SVRG()),
        ("saga", rate => new SAGA(rate)),
        ("normalizedadaptivegradient", rate => rate is { } r ? new NormalizedAdaptiveGradient(r) : new NormalizedAdaptiveGradient()),
        ("lbfgs", _ => new LBFGS()),
        ("barzilaiborwein", _ => new BarzilaiBorwein()),
        ("conjugategradient", _ => new NonlinearConjugateGradient()),
        ("backtracking", _ => new BacktrackingGradientDescent()),
    ];

    private static readonly (string Name, ISchedule Schedule)[] _schedules =
    [
        ("constant", new ConstantSchedule()),
        ("cosine", new CosineDecay(Horizon.Fraction(1))),
        ("linear", new LinearRamp(Horizon.Fraction(1))),
        ("onecycle", new OneCycleSchedule(Horizon.Fraction(1))),
        ("warmup", new WarmUp(Horizon.Fraction(WarmUpShare)).Then(new CosineDecay(Horizon.Fraction(1 - WarmUpShare)))),
    ];

    private static readonly (string Name, Func<double, IPenalty> Create)[] _penalties =
    [
        ("l2", strength => new L2Penalty(strength)),
        ("l1", strength => new L1Penalty(strength)),
        ("elastic", strength => new ElasticNetPenalty(strength)),
    ];

    public static ImmutableArray<string> Optimizers { get; } = [.. _optimizers.Select(optimizer => optimizer.Name)];

    public static ImmutableArray<string> Schedules { get; } = [.. _schedules.Select(schedule => schedule.Name)];

    /// <param name="name">The name, one of <see cref="Optimizers"/>.</param>
    /// <param name="rate">The learning rate, or <see langword="null"/> for the default of the optimizer.</param>
    public static IOptimizer Optimizer(string name, double? rate) => _optimizers.First(optimizer => optimizer.Name == name).Create(rate);

    /// <param name="name">The name, one of <see cref="Schedules"/>.</param>
    public static ISchedule Schedule(string name) => _schedules.First(schedule => schedule.Name == name).Schedule;

    /// <summary>Parses a penalty such as <c>l2=0.1</c>; returns <see langword="null"/> if the text is not a penalty.</summary>
    public static IPenalty? Penalty(string text)
    {
        if (text.Split('=') is not [var kind, var number]
            || !double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double strength)
            || !double.IsFinite(strength) || strength < 0)
        {
            return null;
        }

        return _penalties.FirstOrDefault(penalty => penalty.Name.Equals(kind, StringComparison.OrdinalIgnoreCase)).Create?.Invoke(strength);
    }

    /// <summary>
    /// Parses a batch size such as <c>64</c> or <c>full</c>; returns <see langword="null"/> if the text is not a batch size.
    /// </summary>
    public static Batching? Batches(string text)
    {
        if (text.Equals("full", StringComparison.OrdinalIgnoreCase))
            return Batching.Full;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int size) && size > 0 ? Batching.Mini(size) : null;
    }
}
