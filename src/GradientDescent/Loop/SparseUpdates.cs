using System.Text.Json.Serialization;

namespace GradientDescent;

/// <summary>Which parameters a mini-batch of sparse data moves; see <see cref="TrainingOptions.SparseUpdates"/>.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SparseUpdates>))]
public enum SparseUpdates
{
    /// <summary>As <see cref="Exact"/> where that is possible; otherwise each step costs as much as all parameters.</summary>
    Automatic,

    /// <summary>
    /// The result of a step on all parameters, to rounding, at the cost of those that the batch depends on. It needs an optimizer that
    /// ignores gradients of 0: <see cref="SGD"/>, <see cref="MiniBatchSGD"/>, <see cref="AdaGrad"/>, <see cref="FTRL"/>, or your own
    /// <see cref="ISparseOptimizer"/>. A penalty on absolute values or squares needs plain descent. A run for which there is no such form
    /// is refused.
    /// </summary>
    Exact,

    /// <summary>
    /// Only the parameters that the batch depends on move, and only their state changes: for <see cref="Adam"/> and other rules with
    /// momentum. Known as lazy or sparse Adam. It differs from a step on all parameters: momentum of a parameter rests while it is absent,
    /// its averages of gradients do not fade, and penalties act only on the parameters that are present.
    /// </summary>
    Touched,
}
