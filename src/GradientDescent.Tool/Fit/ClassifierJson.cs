using System.Text.Json;

namespace GradientDescent.Tool;

/// <summary>Writes the report of a classifier as members of a JSON object.</summary>
internal static class ClassifierJson
{
    public static void Write(Utf8JsonWriter json, ClassificationReport report)
    {
        json.WriteFinite("baselineAccuracy", report.BaselineAccuracy);
        json.WriteFinite("balancedAccuracy", report.BalancedAccuracy);
        json.WriteFinite("cohenKappa", report.CohenKappa);
        json.WriteFinite("matthewsCorrelation", report.MatthewsCorrelation);
        json.WriteFinite("baselineLogLoss", report.BaselineLogLoss);
        json.WriteFinite("brierScore", report.BrierScore);
        if (report.Classes.Length == 2)
        {
            (double lower, double upper) = report.Roc.Interval();
            json.WriteFinite("auc", report.Roc.Area);
            json.WriteFinite("aucLower", lower);
            json.WriteFinite("aucUpper", upper);
            json.WriteString("aucNote", report.Roc.Note);
            json.WriteFinite("averagePrecision", report.PrecisionRecall.AveragePrecision);
            json.WriteFinite("expectedCalibrationError", report.Calibration().ExpectedError);
        }

        WriteConfusion(json, report.Confusion);
        WriteClasses(json, report);
        WriteAverages(json, "macroAverage", report.MacroAverage);
        WriteAverages(json, "weightedAverage", report.WeightedAverage);
    }

    private static void WriteConfusion(Utf8JsonWriter json, ConfusionMatrix confusion)
    {
        json.WriteStartArray("confusion");
        for (int actual = 0; actual < confusion.Labels.Length; actual++)
        {
            json.WriteStartArray();
            for (int predicted = 0; predicted < confusion.Labels.Length; predicted++)
                json.WriteNumberValue(confusion[actual, predicted]);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void WriteClasses(Utf8JsonWriter json, ClassificationReport report)
    {
        json.WriteStartArray("classes");
        foreach (ClassReport one in report.Classes)
        {
            json.WriteStartObject();
            json.WriteString("label", one.Label);
            json.WriteFinite("precision", one.Precision);
            json.WriteFinite("recall", one.Recall);
            json.WriteFinite("f1", one.F1);
            json.WriteFinite("support", one.Support);
            json.WriteFinite("auc", one.Roc.Area);
            json.WriteFinite("averagePrecision", one.PrecisionRecall.AveragePrecision);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteAverages(Utf8JsonWriter json, string name, ClassAverages averages)
    {
        json.WriteStartObject(name);
        json.WriteFinite("precision", averages.Precision);
        json.WriteFinite("recall", averages.Recall);
        json.WriteFinite("f1", averages.F1);
        json.WriteEndObject();
    }
}
