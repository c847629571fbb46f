namespace PlayCanvas.Sandbox;

/// <summary>Rejects requests to the second origin that carry a token: a client that sends one there leaks it.</summary>
internal sealed class AuthorizationGuard(RequestDelegate next, SandboxState state)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (http.Request.Headers.Authorization.Count == 0)
        {
            await next(http);
            return;
        }

        state.LeakedAuthorization = true;
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        await http.Response.WriteAsync("An Authorization header was sent to the storage: the access token has leaked.");
    }
}
