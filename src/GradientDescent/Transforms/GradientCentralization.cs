using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Centralization: the gradients of the weights into a unit are shifted so that their mean is 0.</summary>
/// <remarks>
/// For each row i of a block of weights with several rows and columns (a row holds the weights into one unit):
/// <code>gᵢⱼ ← gᵢⱼ − mean over j of gᵢⱼ</code>
/// Yong, Huang, Hua and Zhang, "Gradient Centralization: A New Optimization Technique for Deep Neural Networks", ECCV 2020, eq. (1). The
/// sum of a unit's weights then stays what it was at the start, unless an optimizer scales the coordinates separately. Vectors and biases
/// do not change: a model with one output has no block with several rows. It is meant for hidden layers; where the sum of the weights
/// matters, as in a linear model, it moves the optimum.
/// </remarks>
/// <example><code>
/// double[] weights = [1, 2, 3, 4], gradient = [5, 1, 2, 2];
/// var layout = new ParameterLayout(new ParameterBlock("W", rows: 2, columns: 2));
/// var context = new GradientContext(gradient, weights, layout);
/// new GradientCentralization().Apply(in context);
/// Console.WriteLine(string.Join(" ", gradient));   // 2 -2 0 0
/// </code></example>
public sealed record GradientCentralization : IGradientTransform
{
    /// <inheritdoc/>
    public void Apply(in GradientContext context)
    {
        foreach (ParameterBlock block in context.Layout.Blocks)
        {
            if (block is not { Rows: > 1, Columns: > 1, Role: ParameterRole.Weight })
                continue;
            Span<double> gradient = block.Of(context.Gradient);
            for (int start = 0; start < gradient.Length; start += block.Columns)
            {
                Span<double> row = gradient.Slice(start, block.Columns);
                double mean = Reductions.Sum(row) / row.Length;
                foreach (ref double entry in row)
                    entry -= mean;
            }
        }
    }

    /// <summary>Returns the name as text.</summary>
    public override string ToString() => "centralization";
}
