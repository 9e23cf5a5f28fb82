using System.Reflection;
using System.Text;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Architecture;

/// <summary>The public surface as an approved text: every change of it is a visible line in a review.</summary>
public class PublicApiTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Theory]
    [InlineData(typeof(Optimizer), "PublicApi.approved.txt")]
    [InlineData(typeof(GradientDescent.Reporting.Report), "PublicApi.Reporting.approved.txt")]
    public void PublicSurface_IsTheApprovedOne(Type member, string file)
    {
        string approved = Repository.PathOf("tests", "GradientDescent.Tests", "Architecture", file);
        string actual = Describe(member.Assembly);
        if (Environment.GetEnvironmentVariable("APPROVE_PUBLIC_API") == "1")
            File.WriteAllText(approved, actual);

        actual.Should().Be(
            File.ReadAllText(approved).ReplaceLineEndings("\n"), "the surface changed: if it is meant, run the tests once with APPROVE_PUBLIC_API=1");
    }

    private static string Describe(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (Type type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Header(type)).Append('\n');
            foreach (string member in type.GetMembers(Declared).Where(IsVisible).Select(Member).Order(StringComparer.Ordinal))
                text.Append("    ").Append(member).Append('\n');
        }

        return text.ToString();
    }

    private static string Header(Type type)
    {
        string kind = type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct" : type.IsSubclassOf(typeof(Delegate)) ? "delegate" : "class";
        string modifier = type is { IsAbstract: true, IsSealed: true } ? "static " : type is { IsAbstract: true, IsInterface: false } ? "abstract " : type is { IsSealed: true, IsClass: true } ? "sealed " : "";
        IEnumerable<Type> bases = (type.BaseType is { } parent && parent != typeof(object) && type.IsClass && kind != "delegate" ? [parent] : Type.EmptyTypes)
            .Concat(type.GetInterfaces().Where(i => i.IsPublic).OrderBy(i => i.Name, StringComparer.Ordinal));
        string list = string.Join(", ", bases.Select(Name));
        return $"{modifier}{kind} {Name(type)}{(list.Length == 0 || kind is "enum" or "delegate" ? "" : " : " + list)}";
    }

    private static bool IsVisible(MemberInfo member) => member switch
    {
        MethodBase method => (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly) && (!method.IsSpecialName || method.IsConstructor || method.Name.StartsWith("op_", StringComparison.Ordinal))
            && !method.Name.Contains('<', StringComparison.Ordinal),
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(accessor => accessor.IsPublic || accessor.IsFamily),
        FieldInfo field => field.IsPublic && field.Name != "value__",
        _ => false,
    };

    private static string Member(MemberInfo member) => member switch
    {
        ConstructorInfo constructor => $"new({Parameters(constructor)})",
        MethodInfo method => $"{(method.IsStatic ? "static " : "")}{Name(method.ReturnType)} {method.Name}{Generic(method)}({Parameters(method)})",
        PropertyInfo property => $"{(property.GetAccessors(true)[0].IsStatic ? "static " : "")}{Name(property.PropertyType)} {property.Name}{Index(property)} {{ {Accessors(property)} }}",
        FieldInfo field => field.IsLiteral ? $"{field.Name} = {field.GetRawConstantValue()}" : $"{Name(field.FieldType)} {field.Name}",
        _ => member.ToString()!,
    };

    private static string Generic(MethodInfo method) => method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";

    private static string Index(PropertyInfo property) =>
        property.GetIndexParameters() is { Length: > 0 } index ? $"[{string.Join(", ", index.Select(Parameter))}]" : "";

    private static string Accessors(PropertyInfo property) => string.Join(" ", new[] { Accessor(property.GetMethod, "get;"), Accessor(property.SetMethod, "set;") }.Where(text => text.Length > 0));

    private static string Accessor(MethodInfo? accessor, string text)
    {
        if (accessor is not { IsPublic: true })
            return "";
        bool isInit = accessor.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit));
        return isInit ? "init;" : text;
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        string value = !parameter.HasDefaultValue ? "" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $" = {parameter.DefaultValue ?? "null"}");
        return $"{Name(parameter.ParameterType)} {parameter.Name}{value}";
    }

    private static string Name(Type type)
    {
        if (type.IsByRef)
            return "ref " + Name(type.GetElementType()!);
        if (type.IsArray)
            return Name(type.GetElementType()!) + "[" + new string(',', type.GetArrayRank() - 1) + "]";
        string name = type.IsNested && !type.IsGenericParameter ? $"{Name(type.DeclaringType!)}.{type.Name}" : type.Name;
        return type.IsGenericType ? $"{name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : name;
    }
}
