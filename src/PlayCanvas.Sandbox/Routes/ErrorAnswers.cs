namespace PlayCanvas.Sandbox;

/// <summary>Gives every error response of the API the body <c>{"error": "..."}</c>.</summary>
internal sealed class ErrorAnswers(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
        }
        catch (ApiException exception)
        {
            http.Response.StatusCode = exception.Status;
            await WriteAsync(http.Response, exception.Message);
            return;
        }
        catch (BadHttpRequestException exception)
        {
            http.Response.StatusCode = exception.StatusCode;
            await WriteAsync(http.Response, exception.Message);
            return;
        }
        catch (Exception exception) when (exception is not OperationCanceledException && !http.Response.HasStarted)
        {
            http.Response.StatusCode = StatusCodes.Status500InternalServerError;
            await WriteAsync(http.Response, "The sandbox failed: " + exception);
            return;
        }

        if (http.Response is { HasStarted: false, StatusCode: 404 or 405, ContentLength: null, ContentType: null })
            await WriteAsync(http.Response, http.Response.StatusCode == 404 ? "Route not found" : "Method not allowed");
    }

    private static Task WriteAsync(HttpResponse response, string error) =>
        response.WriteAsJsonAsync(new Dictionary<string, string> { ["error"] = error }, Json.Camel);
}
