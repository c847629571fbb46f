namespace PlayCanvas.Sandbox;

/// <summary>Generated assets that look like those of a game in everything but their bytes.</summary>
internal static class GeneratedAssets
{
    private static readonly string[] Subjects = ["Castle", "Boss", "Forest", "Hero", "Harbor", "Dragon", "Market", "Tower", "Cave", "Bridge", "Village", "Knight", "Storm"];

    /// <summary>The types, with the words and the extension of their names. Textures are the most frequent.</summary>
    private static readonly (string Type, string Word, string Extension)[] Kinds =
    [
        ("container", "", ".glb"), ("texture", " albedo", ".png"), ("audio", " theme", ".mp3"), ("texture", " normal", ".png"), ("animation", " run", ".glb"),
        ("texture", " emissive", ".jpg"), ("json", " dialogs", ".json"), ("container", " props", ".glb"), ("texture", " gloss", ".png"), ("audio", " steps", ".mp3"),
        ("texture", " sky", ".hdr"), ("animation", " attack", ".glb"), ("text", " credits", ".txt"), ("texture", " icon", ".png"), ("font", " title", ".png"),
        ("binary", " navigation", ".bin"), ("texture", " leaves", ".png"),
    ];

    public static GameAsset Create(int id, int index, long length, int seed)
    {
        var (type, word, extension) = Kinds[index % Kinds.Length];
        var subject = Subjects[index * 5 % Subjects.Length];
        var round = index / (Kinds.Length * Subjects.Length);
        return new GameAsset(id, $"{subject}{word}{(round == 0 ? "" : $" {round + 1}")}{extension}", type)
        {
            Content = new GeneratedContent((seed * 1_000_003) + index, length, isText: type is "text" or "json"),
            Preload = index % 6 == 5,
            Tags = (index % 4) switch { 0 => [], 3 => ["level 3", "night"], var level => [$"level {level}"] },
        };
    }
}
