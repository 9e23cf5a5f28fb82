using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// The mean loss of samples at the parameters before they were learned, over all of them and over the recent ones. Blum, Kalai and
/// Langford, "Beating the Hold-Out: Bounds for K-fold and Progressive Cross-Validation", COLT 1999, section 2.
/// </summary>
/// <param name="halfLife">The weight after which a sample counts half in the recent mean.</param>
internal sealed class ProgressiveLoss(double halfLife)
{
    private static readonly double _logOfTwo = Elementary.Log(2);

    private (double Value, double Weight) _all, _recent;

    /// <summary>The mean over all samples; NaN if there are none.</summary>
    public double Mean => _all.Weight == 0 ? double.NaN : _all.Value / _all.Weight;

    /// <summary>The mean in which older samples count less; NaN if there are none.</summary>
    public double Recent => _recent.Weight == 0 ? double.NaN : _recent.Value / _recent.Weight;

    /// <summary>Adds the sum of a batch and its weight.</summary>
    public void Add(double value, double weight)
    {
        double kept = Elementary.Exp(-weight / halfLife * _logOfTwo);
        _all = (_all.Value + value, _all.Weight + weight);
        _recent = (kept * _recent.Value + value, kept * _recent.Weight + weight);
    }

    public void Save(Snapshot snapshot, string name) =>
        snapshot.Add(name, [_all.Value, _all.Weight, _recent.Value, _recent.Weight]);

    public void Restore(Snapshot snapshot, string name)
    {
        double[] numbers = new double[4];
        snapshot.TakeVector(name, numbers);
        (_all, _recent) = ((numbers[0], numbers[1]), (numbers[2], numbers[3]));
    }
}
