namespace GradientDescent;

/// <summary>The measurements of the latest step; the loop sets each field separately.</summary>
internal struct Measurement
{
    /// <summary>Nothing has been measured.</summary>
    public Measurement()
    {
    }

    /// <summary>The loss that is minimised, before the step.</summary>
    public double Loss { readonly get; set; } = double.NaN;

    /// <summary>The latest full gradient.</summary>
    public GradientMeasure Gradient { readonly get; set; }

    /// <summary>The norm of the gradient, before any clipping.</summary>
    public double GradientNorm { readonly get; set; } = double.NaN;

    /// <summary>The rate of the step.</summary>
    public double LearningRate { readonly get; set; } = double.NaN;

    /// <summary>The epoch of the latest mini-batch.</summary>
    public long Epoch { readonly get; set; }

    /// <summary>The place of the latest mini-batch in its epoch.</summary>
    public int Batch { readonly get; set; }
}
