using System.Globalization;
using System.Reflection;
using System.Text;
using GradientDescent.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GradientDescent.Tests.Architecture;

/// <summary>The public and protected declarations of an assembly, as the compiler's own library prints them in C#.</summary>
internal static class PublicApiText
{
    /// <summary>How a type is written where it is used.</summary>
    private static readonly SymbolDisplayFormat _use = new(
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeVariance,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes
            | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier
            | SymbolDisplayMiscellaneousOptions.AllowDefaultLiteral);

    private static readonly SymbolDisplayFormat _declaration = new(
        genericsOptions: _use.GenericsOptions | SymbolDisplayGenericsOptions.IncludeTypeConstraints,
        memberOptions: SymbolDisplayMemberOptions.IncludeAccessibility
            | SymbolDisplayMemberOptions.IncludeModifiers
            | SymbolDisplayMemberOptions.IncludeType
            | SymbolDisplayMemberOptions.IncludeRef
            | SymbolDisplayMemberOptions.IncludeParameters
            | SymbolDisplayMemberOptions.IncludeConstantValue
            | SymbolDisplayMemberOptions.IncludeExplicitInterface,
        parameterOptions: SymbolDisplayParameterOptions.IncludeName
            | SymbolDisplayParameterOptions.IncludeType
            | SymbolDisplayParameterOptions.IncludeModifiers
            | SymbolDisplayParameterOptions.IncludeDefaultValue
            | SymbolDisplayParameterOptions.IncludeExtensionThis,
        propertyStyle: SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
        delegateStyle: SymbolDisplayDelegateStyle.NameAndSignature,
        kindOptions: SymbolDisplayKindOptions.IncludeTypeKeyword,
        miscellaneousOptions: _use.MiscellaneousOptions);

    public static string Of(Assembly assembly)
    {
        Dictionary<string, MetadataReference> references = CompilerReferences.ByFileName();
        CSharpCompilation compilation = CSharpCompilation.Create("api", references: references.Values);
        ISymbol symbol = compilation.GetAssemblyOrModuleSymbol(references[Path.GetFileName(assembly.Location)])!;

        var text = new StringBuilder();
        Write(((IAssemblySymbol)symbol).GlobalNamespace, text);
        return text.ToString();
    }

    private static void Write(INamespaceSymbol space, StringBuilder text)
    {
        INamedTypeSymbol[] types = [.. TypesOf(space).OrderBy(type => type.ToDisplayString(_use), StringComparer.Ordinal)];
        if (types.Length > 0)
            text.Append("namespace ").Append(space.ToDisplayString()).Append('\n');
        foreach (INamedTypeSymbol type in types)
        {
            text.Append(Header(type)).Append('\n');
            IEnumerable<ISymbol> members = type.TypeKind == TypeKind.Delegate ? [] : type.GetMembers().Where(IsPrinted);
            IOrderedEnumerable<ISymbol> ordered = members.OrderBy(Rank).ThenBy(member => member.Name, StringComparer.Ordinal);
            foreach (ISymbol member in ordered.ThenBy(Line, StringComparer.Ordinal))
                text.Append("    ").Append(Line(member)).Append('\n');
        }

        foreach (INamespaceSymbol inner in space.GetNamespaceMembers().OrderBy(inner => inner.Name, StringComparer.Ordinal))
            Write(inner, text);
    }

    private static IEnumerable<INamedTypeSymbol> TypesOf(INamespaceOrTypeSymbol container) =>
        container.GetTypeMembers().Where(IsVisible).SelectMany(type => TypesOf(type).Prepend(type));

    /// <summary>Constructors, instance members, static members; the members of an enum by their values.</summary>
    private static long Rank(ISymbol member) => member switch
    {
        IFieldSymbol { ContainingType.TypeKind: TypeKind.Enum } field => Convert.ToInt64(field.ConstantValue, CultureInfo.InvariantCulture),
        IMethodSymbol { MethodKind: MethodKind.Constructor } => 0,
        _ => member.IsStatic ? 2 : 1,
    };

    private static bool IsVisible(ISymbol symbol) =>
        symbol.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal;

    /// <summary>Visible, and neither what a property or event says already nor what the compiler adds to records and structs.</summary>
    private static bool IsPrinted(ISymbol member) => IsVisible(member) && member switch
    {
        INamedTypeSymbol or IMethodSymbol { AssociatedSymbol: not null } => false,
        IMethodSymbol { MethodKind: MethodKind.Constructor, Parameters.Length: 0, ContainingType.IsValueType: true } => false,
        _ => !member.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "CompilerGeneratedAttribute"),
    };

    private static string Header(INamedTypeSymbol type)
    {
        string modifier = type switch
        {
            { IsStatic: true } => "static ",
            { TypeKind: TypeKind.Class, IsAbstract: true } => "abstract ",
            { TypeKind: TypeKind.Class, IsSealed: true } => "sealed ",
            _ => "",
        };
        string[] declaration = type.ToDisplayString(_declaration).Split(" where ", 2);
        string bases = string.Join(", ", Bases(type).Select(parent => parent.ToDisplayString(_use)));
        string constraints = declaration.Length > 1 ? $" where {declaration[1]}" : "";
        return modifier + declaration[0] + (bases.Length > 0 ? $" : {bases}" : "") + constraints;
    }

    private static IEnumerable<INamedTypeSymbol> Bases(INamedTypeSymbol type)
    {
        if (type is { TypeKind: TypeKind.Class, BaseType: { SpecialType: not SpecialType.System_Object } parent })
            yield return parent;
        foreach (INamedTypeSymbol one in type.Interfaces.Where(one => !(type.IsRecord && one.Name == "IEquatable")))
            yield return one;
    }

    /// <summary>As declared; a member of an interface that has a body is marked as virtual, which C# leaves out.</summary>
    private static string Line(ISymbol member)
    {
        bool hasDefault = member is { ContainingType.TypeKind: TypeKind.Interface, IsVirtual: true };
        return (hasDefault ? "virtual " : "") + member.ToDisplayString(_declaration);
    }
}
