namespace PlayCanvas.Build.Exports;

/// <summary>The files of an export, by the names of their entries.</summary>
internal interface IExportedGame
{
    /// <summary>The configuration as it was exported; null when there is none.</summary>
    /// <exception cref="ExportException">The configuration is not a JSON object.</exception>
    GameConfig? Config { get; }

    /// <summary>Whether the export contains an entry.</summary>
    bool Has(string entryName);

    /// <summary>Returns the MD5 of a file as it was exported, in lower-case hexadecimal.</summary>
    string Md5Of(string entryName);

    /// <summary>Returns the current full path of a file.</summary>
    string LocationOf(string entryName);
}
