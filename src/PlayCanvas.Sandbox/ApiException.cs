namespace PlayCanvas.Sandbox;

/// <summary>Rejects a request: the response has the status and the body <c>{"error": "..."}</c>.</summary>
internal sealed class ApiException(int status, string message) : Exception(message)
{
    public int Status => status;

    public static ApiException BadRequest(string message) => new(StatusCodes.Status400BadRequest, message);

    public static ApiException Forbidden(string message = "Forbidden") => new(StatusCodes.Status403Forbidden, message);

    public static ApiException NotFound(string what) => new(StatusCodes.Status404NotFound, what + " not found");
}
