using System.Reflection;
using System.Text.Json.Nodes;

namespace GradientDescent.Tests.Conventions;

/// <summary>The presets of the library by reflection: <c>Library.Method</c>.</summary>
internal static class Presets
{
    public static IReadOnlyList<MethodInfo> All { get; } =
    [
        .. typeof(GradientDescent.Conventions).GetNestedTypes().SelectMany(library => library.GetMethods(
            BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)),
    ];

    public static string NameOf(MethodInfo preset) => $"{preset.DeclaringType!.Name.Replace("Optax", "optax")}.{preset.Name}";

    public static string NameOf(JsonNode golden) => $"{(string)golden["library"]!}.{(string)golden["method"]!}";

    public static IOptimizer Of(JsonNode golden) =>
        Create(All.Single(preset => NameOf(preset) == NameOf(golden)), golden["arguments"]!.AsObject());

    public static IOptimizer Create(MethodInfo preset, JsonObject arguments)
    {
        ParameterInfo[] parameters = preset.GetParameters();
        arguments.Select(argument => argument.Key).Should().BeSubsetOf(parameters.Select(parameter => parameter.Name));
        return (IOptimizer)preset.Invoke(null, [.. parameters.Select(
            parameter => arguments[parameter.Name!] is not { } value ? parameter.DefaultValue
                : parameter.ParameterType == typeof(bool) ? (bool)value : (object)(double)value)])!;
    }

    /// <summary>The blocks of the stored trajectories; the second is an intercept, which decays as all parameters do.</summary>
    public static ParameterLayout Layout(JsonNode file) => new([.. file["layout"]!.AsArray().Select(
        block => new ParameterBlock(
            (string)block!["name"]!, (int)block["rows"]!, (int)block["columns"]!,
            (string)block["name"]! == "b" ? ParameterRole.Bias : ParameterRole.Weight))]);
}
