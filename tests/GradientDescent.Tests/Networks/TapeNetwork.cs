namespace GradientDescent.Tests.Networks;

/// <summary>The same networks and losses as formulas, sample by sample, whose gradients come from the tape.</summary>
internal static class TapeNetwork
{
    /// <summary>The losses, each with the targets of a sample and its formula of the scores and the target.</summary>
    public static readonly IReadOnlyDictionary<string, LossFormula> Losses = new Dictionary<string, LossFormula>
    {
        ["squared error"] = new(new MeanSquaredError(), Number, (s, y) => (s[0] - y) * (s[0] - y)),
        ["absolute error"] = new(new MeanAbsoluteError(), Number, (s, y) => Variable.Abs(s[0] - y)),
        ["Huber"] = new(new HuberLoss(0.75), Number, (s, y) => Variable.Abs(s[0] - y) is var size && size.Value <= 0.75
            ? size * size / 2 : 0.75 * (size - 0.375)),
        ["ln cosh"] = new(new LogCoshLoss(), Number, (s, y) => Variable.Log(Variable.Cosh(s[0] - y))),
        ["quantile"] = new(new QuantileLoss(0.9), Number, (s, y) => s[0].Value < y ? 0.9 * (y - s[0]) : (1 - 0.9) * (s[0] - y)),
        ["insensitive"] = new(new EpsilonInsensitiveLoss(0.1), Number, (s, y) => Positive(Variable.Abs(s[0] - y) - 0.1)),
        ["squared insensitive"] = new(new SquaredEpsilonInsensitiveLoss(0.1), Number,
            (s, y) => Squared(Positive(Variable.Abs(s[0] - y) - 0.1))),
        ["Poisson"] = new(new PoissonLoss(), i => i % 4, (s, y) => Variable.Exp(s[0]) - y * s[0]),
        ["hinge"] = new(new HingeLoss(), i => i % 2, (s, y) => Positive(1 - (2 * y - 1) * s[0])),
        ["squared hinge"] = new(new SquaredHingeLoss(), i => i % 2, (s, y) => Squared(Positive(1 - (2 * y - 1) * s[0]))),
        ["binary cross-entropy"] = new(new BinaryCrossEntropy(), i => i % 2, (s, y) => Formula.LogOnePlusExp(s[0]) - y * s[0]),
        ["categorical cross-entropy"] = new(new CategoricalCrossEntropy(), i => i % 3,
            (s, y) => Variable.Log(Variable.Exp(s[0]) + Variable.Exp(s[1]) + Variable.Exp(s[2])) - s[(int)y])
        { Outputs = 3 },
    };

    /// <summary>The loss of a network on data, differentiated by the tape.</summary>
    public static IStochasticObjective Risk(FeedForwardNetwork network, LossFormula loss, Dataset data)
    {
        ParameterLayout layout = network.Layout(data.FeatureCount);
        return Objective.Differentiable(data, layout.Count, Evaluate, layout: layout);

        Variable Evaluate(ReadOnlySpan<Variable> parameters, ReadOnlySpan<double> features, double target)
        {
            Variable[] outputs = [.. features.ToArray().Select(feature => (Variable)feature)];
            for (int l = 0; l < network.Layers.Length; l++)
            {
                ParameterBlock weights = layout.Blocks[2 * l], biases = layout.Blocks[2 * l + 1];
                var next = new Variable[weights.Rows];
                for (int j = 0; j < next.Length; j++)
                {
                    Variable sum = parameters[biases.Start + j];
                    for (int k = 0; k < outputs.Length; k++)
                        sum += parameters[weights.Start + j * weights.Columns + k] * outputs[k];
                    next[j] = Activate(network.Layers[l].Activation, sum);
                }

                outputs = next;
            }

            return loss.Formula(outputs, target);
        }
    }

    private static Variable Activate(Activation activation, Variable sum) => activation switch
    {
        Activation.ReLU => Positive(sum),
        Activation.Tanh => Variable.Tanh(sum),
        Activation.Sigmoid => Formula.Logistic(sum),
        _ => sum,
    };

    private static Variable Positive(Variable x) => x.Value > 0 ? x : 0;

    private static Variable Squared(Variable x) => x * x;

    private static double Number(int sample) => Math.Sin(11 * sample + 3);
}

/// <param name="Loss">The loss.</param>
/// <param name="Target">The target of a sample.</param>
/// <param name="Formula">The same loss of scores and a target.</param>
internal sealed record LossFormula(ILoss Loss, Func<int, double> Target, Func<Variable[], double, Variable> Formula)
{
    public int Outputs { get; init; } = 1;
}
