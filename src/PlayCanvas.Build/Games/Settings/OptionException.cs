namespace PlayCanvas.Build.Games.Settings;

/// <summary>Why a value of an option is invalid.</summary>
internal enum OptionFault
{
    /// <summary>It is not set.</summary>
    Missing,

    /// <summary>It is not of the option's <see cref="OptionKind"/>, or outside its limits.</summary>
    Invalid,

    /// <summary>It requires that other options are set, and they are not.</summary>
    Unsupported,
}

/// <summary>An option has an invalid value. The text for the user is chosen elsewhere.</summary>
internal sealed class OptionException(Option option, string value, OptionFault fault = OptionFault.Invalid) : Exception($"{option.Property}: {fault} {value}")
{
    public Option Option { get; } = option;

    /// <summary>The value, without surrounding white space.</summary>
    public string Value { get; } = value;

    public OptionFault Fault { get; } = fault;
}
