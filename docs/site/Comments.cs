using System.Text;
using System.Xml.Linq;
using System.Xml.XPath;

namespace GradientDescent.Site;

/// <summary>
/// The XML comments of the packages, changed in two ways for docfx. An <c>inheritdoc</c> with a <c>cref</c> becomes the elements that it
/// stands for: docfx prefers inherited elements to a member's own, where compilers and editors do the opposite. A block of code outside an
/// example is a formula, and is not coloured as C#.
/// </summary>
internal sealed class Comments
{
    private readonly Dictionary<string, XElement> _members;

    private Comments(XDocument[] documents) =>
        _members = documents.SelectMany(document => document.Descendants("member"))
            .GroupBy(member => member.Attribute("name")!.Value)
            .ToDictionary(group => group.Key, group => group.First());

    /// <summary>Reads the comments next to the assemblies, and writes them, changed, into the folder.</summary>
    public static Comments Convert(IEnumerable<string> assemblies, string folder)
    {
        (string Name, XDocument Document)[] files = [.. assemblies.Select(assembly => Path.ChangeExtension(assembly, ".xml"))
            .Select(path => (Path.GetFileName(path), XDocument.Load(path, LoadOptions.PreserveWhitespace)))];
        var comments = new Comments([.. files.Select(file => file.Document)]);
        foreach (XElement member in comments._members.Values)
            comments.Inherit(member);
        foreach ((string name, XDocument document) in files)
        {
            foreach (XElement code in document.Descendants("code").Where(code => !code.Ancestors("example").Any()))
                code.SetAttributeValue("language", "text");
            document.Save(Path.Combine(folder, name), SaveOptions.DisableFormatting);
        }

        return comments;
    }

    /// <summary>The first sentence of the summary, as text; empty if there is none.</summary>
    public string FirstSentence(string member)
    {
        if (!_members.TryGetValue(member, out XElement? comment) || comment.Element("summary") is not { } summary)
            return "";
        var text = new StringBuilder();
        foreach (XNode node in summary.DescendantNodes())
        {
            if (node is XText part)
                text.Append(part.Value);
            else if (node is XElement { IsEmpty: true } element)
                text.Append(Name(element));
        }

        string line = string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        int end = line.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? line : line[..(end + 1)];
    }

    // The last name of a reference without arity and parameters, or a keyword, or a parameter's name.
    private static string Name(XElement element)
    {
        string value = element.Attribute("langword")?.Value ?? element.Attribute("name")?.Value ?? element.Attribute("cref")?.Value ?? "";
        return value.Split('(')[0].Split('.', ':')[^1].Split('`')[0];
    }

    private void Inherit(XElement member)
    {
        foreach (XElement inherited in member.Elements("inheritdoc").Where(element => element.Attribute("cref") is not null).ToArray())
        {
            if (!_members.TryGetValue(inherited.Attribute("cref")!.Value, out XElement? source))
                throw new SiteException($"{member.Attribute("name")!.Value} inherits from {inherited.Attribute("cref")!.Value}, "
                    + "which has no comment.");
            Inherit(source);
            IEnumerable<XElement> elements = inherited.Attribute("path") is { } path
                ? source.XPathSelectElements(path.Value.TrimStart('/')) : source.Elements();
            inherited.ReplaceWith(elements.Where(element => !Has(member, element)).Select(element => new XElement(element)).ToArray());
        }
    }

    // Parameters and exceptions are told apart by their attribute, other elements by their name alone.
    private static bool Has(XElement member, XElement element) => member.Elements(element.Name)
        .Any(own => own.Attribute("name")?.Value == element.Attribute("name")?.Value
            && own.Attribute("cref")?.Value == element.Attribute("cref")?.Value);
}
