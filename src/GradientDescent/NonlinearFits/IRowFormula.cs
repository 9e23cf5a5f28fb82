using System.Numerics;

namespace GradientDescent;

/// <summary>
/// A function of predictors for <see cref="NonlinearLeastSquares"/>, written once for double, <see cref="Dual"/> and
/// <see cref="Variable"/>; see <see cref="IFormula"/>.
/// </summary>
/// <remarks>
/// A struct is compiled for each type of number. With up to 8 parameters its derivatives come from dual numbers, which takes less time
/// than a tape.
/// </remarks>
/// <example><code>
/// using System.Numerics;
///
/// double[] time = [0, 1, 2, 3, 4], left = [100, 61, 37, 22, 13.5];
/// NonlinearFit fit = NonlinearLeastSquares.Fit(new Decay(), time, left, start: [90, 0.4]);
/// Console.WriteLine($"{fit.Parameters[0]:F2} {fit.Parameters[1]:F3}");   // 100.13 0.500
///
/// readonly struct Decay : IRowFormula
/// {
///     public T Evaluate&lt;T&gt;(ReadOnlySpan&lt;T&gt; p, ReadOnlySpan&lt;double&gt; row)
///         where T : unmanaged, IFloatingPointIeee754&lt;T&gt; =>
///         p[0] * T.Exp(-p[1] * T.CreateChecked(row[0]));
/// }
/// </code></example>
public interface IRowFormula
{
    /// <summary>Evaluates the function at a point.</summary>
    /// <typeparam name="T">The type of the numbers.</typeparam>
    /// <param name="parameters">The parameters. They and all that is computed from them are valid during this call.</param>
    /// <param name="row">The predictors of the point; one number if there is one predictor.</param>
    T Evaluate<T>(ReadOnlySpan<T> parameters, ReadOnlySpan<double> row) where T : unmanaged, IFloatingPointIeee754<T>;
}
