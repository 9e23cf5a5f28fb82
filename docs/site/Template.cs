namespace GradientDescent.Site;

/// <summary>docfx's settings and template.</summary>
internal static class Template
{
    /// <summary>Writes the settings, the look and the table of contents; returns the path of the settings.</summary>
    public static string Write(string settings, string work)
    {
        Folders.Copy(Path.Combine(settings, "template"), Path.Combine(work, "template"));
        File.Copy(Path.Combine(settings, "toc.yml"), Path.Combine(work, "toc.yml"));
        string path = Path.Combine(work, "docfx.json");
        File.Copy(Path.Combine(settings, "docfx.json"), path);
        return path;
    }

    /// <summary>
    /// Deletes what no page uses: the source maps of the template's scripts, its pictures, and the list of inputs, which names folders of
    /// this machine.
    /// </summary>
    public static void Tidy(string site)
    {
        foreach (string map in Directory.GetFiles(site, "*.map", SearchOption.AllDirectories))
            File.Delete(map);
        foreach (string name in new[] { "favicon.ico", "logo.svg", "manifest.json" })
            File.Delete(Path.Combine(site, name));
    }
}
