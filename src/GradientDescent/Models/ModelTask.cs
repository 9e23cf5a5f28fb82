namespace GradientDescent;

/// <summary>What a model's scores mean; it decides the default loss and the figures of an evaluation.</summary>
public enum ModelTask
{
    /// <summary>A score is the predicted value.</summary>
    Regression,

    /// <summary>A score is the log-odds of class 1 against class 0.</summary>
    BinaryClassification,

    /// <summary>There is a score for each class.</summary>
    Classification,
}
