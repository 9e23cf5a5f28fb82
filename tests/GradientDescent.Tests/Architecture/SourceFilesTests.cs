namespace GradientDescent.Tests.Architecture;

/// <summary>The reader of sources, on small projects.</summary>
public sealed class SourceFilesTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("gd-sources-");

    public void Dispose() => _root.Delete(recursive: true);

    [Theory]
    [InlineData("a = \"Text\"; // Comment", "a =       ;           ")]
    [InlineData("$\"text {Name(\"x\")} {{text}}\" + B", "        Name(   )            + B")]
    [InlineData("@\"a\"\"b\\\" + C", "         + C")]
    [InlineData("\"a\\\"b\" + C", "       + C")]
    [InlineData("'\"' + '\\'' + C", "    +      + C")]
    [InlineData("\"\"\"a \"b\" {c}\"\"\" + C", "                + C")]
    [InlineData("$$\"\"\"{a} {{B}}\"\"\" + C", "           B      + C")]
    [InlineData("/* a */ B \"\" + C", "        B    + C")]
    public void Code_OfASource_HasNoCommentsAndStrings(string source, string code) =>
        SourceText.Only(source, SourceKind.Code).Should().Be(code);

    [Fact]
    public void Cycles_OfFilesThatUseEachOther_NamesThemAndTheTypes()
    {
        Write("A.cs", "class A { B? b; }");
        Write("Room/B.cs", "class B { object c = new C(); }");
        Write("Room/C.Part.cs", "partial class C { A Method() => null!; }");
        Write("Room/C.cs", "partial class C { }");
        Write("D.cs", "class D { A? a; }");

        new SourceFiles(_root.FullName).Cycles().Should().ContainSingle().Which
            .Should().Equal("A.cs uses B of Room/B.cs", "Room/B.cs uses C of Room/C.cs", "Room/C.cs uses A of A.cs");
    }

    [Fact]
    public void Cycles_OfNamesThatAreNotTypes_AreNone()
    {
        Write(
            "A.cs",
            "namespace N;\nclass A { int Second => 2; object o = new { B = 1 }; string s = \"B\"; void M() => this.B(); class Inner { } }");
        Write("B.cs", "namespace N;\nclass B { N.A? a; double A { get; set; } }");
        Write("Inner.cs", "class Second { B? b; List<B> Inner => []; }");

        new SourceFiles(_root.FullName).Cycles().Should().BeEmpty();
    }

    [Fact]
    public void Violations_OfUsesAgainstTheArrows_NameFileTypeAndFolder()
    {
        Write("Root.cs", "class Root { }");
        Write("Low/Low.cs", "class Low { Root? root; High? high; }");
        Write("High/High.cs", "class High { Low? low; Root? root; }");

        new SourceFiles(_root.FullName).Violations(new Dictionary<string, string[]> { ["Low"] = [], ["High"] = ["Low"] })
            .Should().Equal("Low/Low.cs uses High of High");
    }

    private void Write(string path, string text)
    {
        string file = Path.Combine(_root.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
