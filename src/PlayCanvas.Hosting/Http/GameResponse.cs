using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using PlayCanvas.Hosting.Content;

namespace PlayCanvas.Hosting.Http;

/// <summary>The responses to requests for the files of a game.</summary>
internal static class GameResponse
{
    private const string Immutable = "public, max-age=31536000, immutable";
    private const string Revalidate = "no-cache";
    private const string EmbedderPolicy = "Cross-Origin-Embedder-Policy";
    private const string OpenerPolicy = "Cross-Origin-Opener-Policy";

    /// <summary>Responds to a request for a file.</summary>
    /// <param name="context">The request.</param>
    /// <param name="game">The game.</param>
    /// <param name="name">The path inside the game's folder; empty for the folder itself.</param>
    public static Task SendAsync(HttpContext context, Game game, string name)
    {
        if (context.Features.Get<ResponseMark>() is { } mark)
            mark.IsOfGame = true;
        var method = context.Request.Method;
        if (!HttpMethods.IsGet(method) && !HttpMethods.IsHead(method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            context.Response.Headers.Allow = "GET, HEAD";
            return Task.CompletedTask;
        }

        if (name.Length == 0 && context.Request.Path.Value is { } path && !path.EndsWith('/'))
        {
            AddSlash(context, path);
            return Task.CompletedTask;
        }

        var content = game.Content;
        return content.TryFind(Game.NameOf(name), out var file) ? SendAsync(context, content, Game.NameOf(name), file) : NotFoundAsync(context);
    }

    private static async Task SendAsync(HttpContext context, GameContent content, string name, GameFile file)
    {
        var caching = context.Response.Headers.CacheControl;
        var facts = file.Look();
        for (var isRetry = false; ; isRetry = true)
        {
            if (facts is null)
            {
                await NotFoundAsync(context);
                return;
            }

            try
            {
                await SendAsync(context, content, name, facts);
                return;
            }
            catch (IOException error) when (error is FileNotFoundException or DirectoryNotFoundException && !isRetry && !context.Response.HasStarted)
            {
                // The file, or a variant of it, was deleted after it was last looked at.
                Reset(context.Response, caching);
                facts = file.LookAgain();
            }
            catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private static Task SendAsync(HttpContext context, GameContent content, string name, Facts facts)
    {
        var (request, response) = (context.Request, context.Response);
        var headers = response.Headers;
        AppendVary(headers);
        if (Choose(request, facts) is not { } variant)
            return RefuseAsync(response, StatusCodes.Status406NotAcceptable);

        headers.ETag = variant.ETag;
        if (StringValues.IsNullOrEmpty(headers.CacheControl))
            headers.CacheControl = IsVersioned(request.QueryString.Value, facts.Md5) ? Immutable : Revalidate;
        if (content.IsIsolated)
            Isolate(headers, name, facts);

        switch (Preconditions.Evaluate(request.Headers, facts, variant))
        {
            case Verdict.NotModified:
                response.StatusCode = StatusCodes.Status304NotModified;
                return Task.CompletedTask;
            case Verdict.Failed:
                return RefuseAsync(response, StatusCodes.Status412PreconditionFailed);
        }

        headers.LastModified = facts.LastModifiedHeader;
        var part = new ByteRange(0, variant.Length);
        if (variant.Encoding is null)
        {
            headers.AcceptRanges = "bytes";
            if (IsForRange(request) && Preconditions.AllowsRange(request.Headers.IfRange, facts) && ByteRange.Parse(request.Headers.Range, variant.Length) is { } range)
            {
                if (range.Length == 0)
                {
                    headers.ContentRange = $"bytes */{variant.Length}";
                    return RefuseAsync(response, StatusCodes.Status416RangeNotSatisfiable);
                }

                response.StatusCode = StatusCodes.Status206PartialContent;
                headers.ContentRange = $"bytes {range.Start}-{range.Start + range.Length - 1}/{variant.Length}";
                part = range;
            }
        }
        else
        {
            headers.ContentEncoding = variant.Encoding;
        }

        response.ContentType = facts.ContentType;
        response.ContentLength = part.Length;
        if (part.Length == 0 || HttpMethods.IsHead(request.Method))
            return Task.CompletedTask;
        if (variant.Encoding is null)
            KeepFromCompression(context);
        return response.SendFileAsync(variant.Path, part.Start, part.Length, context.RequestAborted);
    }

    /// <summary>Takes back what was said about a file, except for the headers that are the same for every variant.</summary>
    private static void Reset(HttpResponse response, StringValues caching)
    {
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentLength = null;
        var headers = response.Headers;
        headers.CacheControl = caching;
        headers.AcceptRanges = headers.ContentEncoding = headers.ContentRange = headers.ContentType = headers.ETag = headers.LastModified = default;
    }

    private static Task NotFoundAsync(HttpContext context) => RefuseAsync(context.Response, StatusCodes.Status404NotFound);

    private static Task RefuseAsync(HttpResponse response, int status)
    {
        response.StatusCode = status;
        // A cache may keep even an error if the header says so.
        if (response.Headers.CacheControl == Immutable)
            response.Headers.CacheControl = Revalidate;
        return Task.CompletedTask;
    }

    /// <summary>Redirects to the address with a slash at its end: all addresses inside a game are relative.</summary>
    private static void AddSlash(HttpContext context, string path)
    {
        // PathString takes a percent sign with two digits for an encoded character, but in a path that is decoded it is a percent sign.
        var encoded = string.Join("%25", path[1..].Split('%').Select(part => new PathString("/" + part).ToUriComponent()[1..]));
        context.Response.Redirect($"{context.Request.PathBase.ToUriComponent()}/{encoded}/{context.Request.QueryString.Value}", permanent: false);
    }

    /// <summary>Chooses what to send, or <c>null</c> if the client accepts nothing of it.</summary>
    private static Variant? Choose(HttpRequest request, Facts facts)
    {
        if (request.Headers.AcceptEncoding is not { Count: > 0 } header)
            return facts.Identity;

        var accepted = AcceptedEncodings.Parse(header);
        // A range is a part of the file itself.
        if (accepted.Identity > 0 && IsForRange(request))
            return facts.Identity;

        var (best, quality) = (default(Variant), 0.0);
        Consider(facts.Brotli, accepted.Brotli);
        Consider(facts.Gzip, accepted.Gzip);
        Consider(facts.Identity, accepted.Identity);
        return best;

        void Consider(Variant? variant, double wanted)
        {
            if (variant is not null && wanted > quality)
                (best, quality) = (variant, wanted);
        }
    }

    private static bool IsForRange(HttpRequest request) => request.Headers.Range.Count > 0 && HttpMethods.IsGet(request.Method);

    /// <summary>
    /// Whether the query is the MD5 of the file. Then the address means these bytes and no others. The engine sends such queries; those for scripts of
    /// games with ES modules have the hash of the source, though, and anyone can make one up.
    /// </summary>
    private static bool IsVersioned(string? query, UInt128? md5) =>
        md5 is not null && query is { Length: 35 } && query.StartsWith("?t=", StringComparison.Ordinal)
        && UInt128.TryParse(query.AsSpan(3), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var version) && version == md5;

    private static void AppendVary(IHeaderDictionary headers)
    {
        var vary = headers.Vary;
        if (vary.Count == 0)
            headers.Vary = HeaderNames.AcceptEncoding;
        else if (!vary.ToString().Contains(HeaderNames.AcceptEncoding, StringComparison.OrdinalIgnoreCase))
            headers.Vary = StringValues.Concat(vary, HeaderNames.AcceptEncoding);
    }

    /// <summary>
    /// Asks the browser to isolate the page from other origins, without which it does not give the game shared memory. An isolated page may start only
    /// workers whose scripts ask for the same.
    /// </summary>
    private static void Isolate(IHeaderDictionary headers, string name, Facts facts)
    {
        if (name == GameContent.Page)
            headers.TryAdd(OpenerPolicy, "same-origin");
        if (name == GameContent.Page || facts.IsScript)
            headers.TryAdd(EmbedderPolicy, "require-corp");
    }

    /// <summary>
    /// Keeps the response compression of the site away from the file: the compressed bytes would carry the entity tag of the file itself. Over HTTP, the
    /// middleware leaves only responses alone that have an encoding. It looks when the body begins, and the header is removed when the response starts.
    /// </summary>
    private static void KeepFromCompression(HttpContext context)
    {
        if (context.Features.Get<IHttpsCompressionFeature>() is null)
            return;

        context.Response.Headers.ContentEncoding = "identity";
        context.Response.OnStarting(
            static state =>
            {
                ((HttpResponse)state).Headers.ContentEncoding = default;
                return Task.CompletedTask;
            },
            context.Response);
    }
}
