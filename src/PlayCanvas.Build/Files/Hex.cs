namespace PlayCanvas.Build.Files;

/// <summary>Formats bytes as lower-case hexadecimal digits.</summary>
internal static class Hex
{
    public static string Of(byte[] bytes) => Of(bytes, bytes.Length);

    /// <summary>Returns the digits of the first bytes.</summary>
    public static string Of(byte[] bytes, int count) => BitConverter.ToString(bytes, 0, count).Replace("-", "").ToLowerInvariant();
}
