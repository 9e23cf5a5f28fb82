using System.Globalization;
using System.Numerics;
using GradientDescent.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GradientDescent.Tests.Differentiation;

/// <summary>A variable is no double, by mistake or by generic conversion; and it is a number of .NET's generic math.</summary>
public sealed class ConversionTests
{
    [Theory]
    [InlineData("Objective.Differentiable(p => Math.Exp(p[0]));")]
    [InlineData("Objective.Differentiable(p => { double x = p[0]; return x; });")]
    [InlineData("Objective.Differentiable(p => { double x = (double)p[0]; return x; });")]
    [InlineData("Objective.Differentiable(p => Math.Max(p[0], 0));")]
    [InlineData("Dual x = 1; double y = x;")]
    public void AConversionToDouble_DoesNotCompile(string statement) =>
        ErrorsOf(statement).Should().NotBeEmpty().And.OnlyContain(error => error.Contains("CS15") || error.Contains("CS0029") ||
            error.Contains("CS0030") || error.Contains("CS0266") || error.Contains("CS1662"));

    [Theory]
    [InlineData("Objective.Differentiable(p => Variable.Exp(p[0]) * 2 + p[1] / 3.5f - 1L);")]
    [InlineData("Objective.Differentiable(p => p[0] > 1 && p[0] != p[1] ? 2 : p[0]);")]
    [InlineData("Objective.Differentiable(p => 3);")]
    [InlineData("Objective.Differentiable(p => Formula.Dot(p[..2], new double[] { 1, 2 }));")]
    [InlineData("Objective.Differentiable(p => { Span<Variable> s = stackalloc Variable[3]; return Formula.Norm<Variable>(s); });")]
    [InlineData("Objective.Differentiable(Dataset.From(new[] { 1.0 }, new[] { 1.0 }), 1, (p, x, y) => p[0] * x[0] - y);")]
    [InlineData("Objective.From(p => Math.Exp(p[0]));")]
    public void AFormula_Compiles(string statement) => ErrorsOf(statement).Should().BeEmpty();

    [Fact]
    public void CreateChecked_OfNumbers_GivesConstants()
    {
        Constant<Variable>();
        Constant<Dual>();

        static void Constant<T>() where T : unmanaged, IFloatingPointIeee754<T>
        {
            foreach (T number in (T[])[T.CreateChecked(2.0), T.CreateChecked(2), T.CreateChecked(2L), T.CreateChecked(2f),
                         T.CreateTruncating((byte)2), T.CreateSaturating(2m), T.Parse("2", CultureInfo.InvariantCulture), T.One + T.One])
            {
                (number == T.CreateChecked(2)).Should().BeTrue();
                number.ToString().Should().Be("2");
            }

            ((Action)(() => double.CreateChecked(T.One))).Should().Throw<NotSupportedException>();
            ((Action)(() => double.CreateSaturating(T.One))).Should().Throw<NotSupportedException>();
        }
    }

    [Fact]
    public void CreateChecked_OfTheOtherKind_IsRefused()
    {
        ((Action)(() => Dual.CreateChecked((Variable)1))).Should().Throw<NotSupportedException>()
            .WithMessage("*derivatives would be lost*");
        ((Action)(() => Variable.CreateChecked((Dual)1))).Should().Throw<NotSupportedException>();
        Variable.CreateChecked((Variable)3).Value.Should().Be(3);
    }

    [Fact]
    public void Members_OfGenericMath_WorkAsForDouble()
    {
        Check<Variable>();
        Check<Dual>();

        static void Check<T>() where T : unmanaged, IFloatingPointIeee754<T>
        {
            T x = T.CreateChecked(-2.75);
            Value(T.Floor(x)).Should().Be(-3);
            Value(T.Ceiling(x)).Should().Be(-2);
            Value(T.Truncate(x)).Should().Be(-2);
            Value(T.Round(x)).Should().Be(-3);
            Value(T.Clamp(x, T.Zero, T.One)).Should().Be(0);
            Value(T.CopySign(x, T.One)).Should().Be(2.75);
            Value(T.ScaleB(x, 3)).Should().Be(-22);
            Value(T.FusedMultiplyAdd(x, x, T.One)).Should().Be(8.5625);
            Value(T.Lerp(T.Zero, T.CreateChecked(4), T.CreateChecked(0.25))).Should().Be(1);
            Value(T.Log(T.CreateChecked(8), T.CreateChecked(2))).Should().Be(3);
            Value(T.Ieee754Remainder(T.CreateChecked(7), T.CreateChecked(4))).Should().Be(-1);
            Value(T.MaxMagnitude(x, T.One)).Should().Be(-2.75);
            Value(T.DegreesToRadians(T.CreateChecked(180))).Should().Be(Math.PI);
            T.Sign(x).Should().Be(-1);
            T.IsNaN(T.NaN).Should().BeTrue();
            T.IsFinite(T.PositiveInfinity).Should().BeFalse();
            T.IsNegative(x).Should().BeTrue();
            T.IsInteger(x).Should().BeFalse();
            (x < T.Zero && x <= T.CreateChecked(-2.75) && T.One > x && x != T.One).Should().BeTrue();
            x.CompareTo(T.One).Should().BeNegative();
            x.Equals(T.CreateChecked(-2.75)).Should().BeTrue();
            (T.NaN == T.CreateChecked(double.NaN)).Should().BeFalse();
            string.Create(CultureInfo.InvariantCulture, $"{x:F1}").Should().Be("-2.8");
        }

        static double Value<T>(T number) where T : IFormattable =>
            double.Parse(number.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Members_OfGenericMath_HaveDerivatives()
    {
        Slope(x => Calls<Dual>.Clamp(x)).Should().Be(1);
        Slope(x => -x % Dual.One).Should().Be(-1);
        Slope(x => Calls<Dual>.Scale(x)).Should().Be(8);
        Slope(x => Calls<Dual>.Fused(x)).Should().Be(0.5 + 1);
        Slope(x => Calls<Dual>.Sign(x)).Should().Be(-1);

        static double Slope(Func<Dual, Dual> function) => function(Dual.Parameter(0.25, 0)).Partial(0);
    }

    private static class Calls<T> where T : IFloatingPointIeee754<T>
    {
        public static T Clamp(T x) => T.Clamp(x, T.Zero, T.One);

        public static T Scale(T x) => T.ScaleB(x, 3);

        public static T Fused(T x) => T.FusedMultiplyAdd(x, x, x); // x² + x

        public static T Sign(T x) => T.CopySign(x, T.NegativeOne);
    }

    private static string[] ErrorsOf(string statement)
    {
        string program = $"using System; using GradientDescent; class Program {{ static void Main() {{ {statement} }} }}";
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Conversions", [CSharpSyntaxTree.ParseText(program)], CompilerReferences.ByFileName().Values,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication));
        IEnumerable<Diagnostic> errors = compilation.GetDiagnostics().Where(found => found.Severity == DiagnosticSeverity.Error);
        return [.. errors.Select(error => error.ToString())];
    }
}
