namespace PlayCanvas.Build.Api.Once;

/// <summary>Keeps the intent of one request between builds.</summary>
internal interface IIntentStore<TIntent>
    where TIntent : RequestIntent
{
    TIntent? Read();

    void Write(TIntent intent);

    void Delete();
}
