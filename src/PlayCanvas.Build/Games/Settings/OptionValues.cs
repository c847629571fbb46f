using System.Globalization;
using Newtonsoft.Json.Linq;

namespace PlayCanvas.Build.Games.Settings;

/// <summary>Reads and validates the values of options. White space around a value, and the case of switches and choices, are ignored.</summary>
internal sealed class OptionValues(IOptionSource source)
{
    /// <summary>Metadata with this prefix and an option's name is used when the option itself is not set: a value of the project.</summary>
    private const string ProjectDefaultPrefix = "Default";

    /// <summary>Returns the project's own value that an option has by default, such as the project's version; null when there is none.</summary>
    public string? ProjectDefault(Option option) => Trimmed(source.Text(ProjectDefaultPrefix + option.Name));

    /// <summary>Returns the unparsed value, or the default of the option, without surrounding white space; null when there is neither.</summary>
    public string? Raw(Option option) => Written(option) ?? option.Default;

    /// <summary>Returns whether the project sets a value, so that the default of the option is not used.</summary>
    public bool IsSet(Option option) => Written(option) is not null;

    /// <summary>Returns a text; null when it is not set.</summary>
    /// <exception cref="OptionException">The text is too short or too long.</exception>
    public string? Text(Option option)
    {
        var value = Raw(option);
        return value is null || (value.Length >= option.Min && value.Length <= option.Max) ? value : throw new OptionException(option, value);
    }

    /// <summary>Returns a text that must be set.</summary>
    /// <exception cref="OptionException">The text is not set, too short or too long.</exception>
    public string RequiredText(Option option) => Text(option) ?? throw new OptionException(option, "", OptionFault.Missing);

    /// <summary>Returns a switch; null when it is not set.</summary>
    /// <exception cref="OptionException">The value is neither true nor false.</exception>
    public bool? Switch(Option option) =>
        Raw(option) is { } value ? ParseSwitch(value) ?? throw new OptionException(option, value) : null;

    /// <summary>Returns whether a switch is set to true.</summary>
    /// <exception cref="OptionException">The value is neither true nor false.</exception>
    public bool IsOn(Option option) => Switch(option) == true;

    /// <summary>Returns an integer; null when it is not set.</summary>
    /// <exception cref="OptionException">The value is not an integer, or is outside the limits.</exception>
    public int? Number(Option option)
    {
        if (Raw(option) is not { } value)
            return null;
        return int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && number >= option.Min && number <= option.Max
            ? number
            : throw new OptionException(option, value);
    }

    /// <summary>Returns an id that must be set.</summary>
    /// <exception cref="OptionException">The id is not set, or is not an integer greater than 0.</exception>
    public long RequiredId(Option option) => Id(option) ?? throw new OptionException(option, "", OptionFault.Missing);

    /// <summary>Returns an id; null when it is not set.</summary>
    /// <exception cref="OptionException">The id is not an integer greater than 0.</exception>
    public long? Id(Option option) => Raw(option) is { } value ? ParseId(option, value) : null;

    /// <summary>Returns ids without repetitions. A command line has to escape semicolons, so each part of the list may contain several ids.</summary>
    /// <exception cref="OptionException">An id is not an integer greater than 0.</exception>
    public IReadOnlyList<long> Ids(Option option) =>
        [.. List(option).SelectMany(part => part.Split([';', ',', ' '], StringSplitOptions.RemoveEmptyEntries)).Select(id => ParseId(option, id)).Distinct()];

    /// <summary>Returns a choice in lower case; null when it is not set.</summary>
    /// <exception cref="OptionException">The value is not one of the choices.</exception>
    public string? Choice(Option option)
    {
        if (Raw(option) is not { } value)
            return null;
        var word = value.ToLowerInvariant();
        return option.Choices.Contains(word) ? word : throw new OptionException(option, value);
    }

    /// <summary>Returns the parts of a list, without those that are empty.</summary>
    public IReadOnlyList<string> List(Option option) => [.. source.List(option.Name).Select(part => part.Trim()).Where(part => part.Length > 0)];

    /// <summary>Returns the value of an option in a request; null when it is not sent.</summary>
    /// <exception cref="OptionException">The value is invalid.</exception>
    public JToken? Json(Option option) => option.Kind switch
    {
        OptionKind.Switch => Switch(option),
        OptionKind.Number => Number(option),
        OptionKind.Id => RequiredId(option),
        OptionKind.Choice => Choice(option),
        OptionKind.List => new JArray(List(option)),
        _ => Text(option),
    };

    /// <summary>
    /// Returns a value in a form that is the same for every spelling of it. Values of the project are not used; an invalid value is returned as it
    /// is.
    /// </summary>
    public string Canonical(Option option)
    {
        if (option.Kind == OptionKind.List)
            return string.Join(";", List(option));

        var value = Trimmed(source.Text(option.Name)) ?? option.Default ?? "";
        return option.Kind switch
        {
            OptionKind.Text => value,
            OptionKind.Switch => ParseSwitch(value) is { } isOn ? (isOn ? "true" : "false") : value,
            _ => value.ToLowerInvariant(),
        };
    }

    /// <summary>Returns a text without surrounding white space; null when nothing remains.</summary>
    public static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text!.Trim();

    private string? Written(Option option) => Trimmed(source.Text(option.Name)) ?? (option.IsAdapted ? null : ProjectDefault(option));

    private static long ParseId(Option option, string value) =>
        long.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var id) && id > 0 ? id : throw new OptionException(option, value);

    private static bool? ParseSwitch(string value) => value.ToLowerInvariant() switch
    {
        "true" or "yes" or "on" => true,
        "false" or "no" or "off" => false,
        _ => null,
    };
}
