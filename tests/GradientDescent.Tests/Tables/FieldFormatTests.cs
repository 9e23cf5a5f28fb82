using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace GradientDescent.Tests.Tables;

/// <summary>The number in the bytes of a field is that of its text.</summary>
public class FieldFormatTests
{
    private static readonly Gen<string> _anyText =
        Gen.Elements("0123456789..,--++eE \t\0nafiNAIF_%".ToCharArray()).ArrayOf().Select(characters => new string(characters));

    private static readonly Gen<string> _numbers = Gen.Choose(0, int.MaxValue).Two().Zip(Gen.Elements("R", "E25", "G6")).Select(parts =>
        BitConverter.Int64BitsToDouble(((long)parts.Item1.Item1 << 33) ^ parts.Item1.Item2)
            .ToString(parts.Item2, CultureInfo.InvariantCulture));

    [Fact]
    public void Number_OfBytes_IsThatOfTheText()
    {
        FieldFormat[] formats =
        [
            FieldFormat.Default,
            new(new CsvOptions { DecimalSeparator = ',', ThousandsSeparator = '.' }),
            new(new CsvOptions { DecimalSeparator = '·' }),
            new(new CsvOptions { MissingValues = ["-9"] }),
        ];
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(5000), Prop.ForAll(
            Gen.OneOf(_anyText, _numbers).ToArbitrary(),
            text =>
            {
                foreach (FieldFormat format in formats)
                    BitsOf(format.Number(Encoding.UTF8.GetBytes(text))).Should().Be(BitsOf(format.Number(text)), "of '{0}'", text);
            }));

        static long? BitsOf(double? number) => number is { } known ? BitConverter.DoubleToInt64Bits(known) : null;
    }
}
