using System.Text.Json.Nodes;

namespace PlayCanvas.Sandbox;

/// <summary>Starts the jobs: publishing an app, packing an app for download, exporting a project.</summary>
internal sealed class Publisher(SandboxState state)
{
    /// <summary>Why a branch that has not changed gets no checkpoint.</summary>
    public const string NoChanges = "There are no changes since the last checkpoint";

    private World World => state.World;

    private DateTimeOffset Now => state.Clock.Now;

    /// <summary>Publishes an app: its record exists at once, its files when the job ends.</summary>
    public (App App, Job Job, Build Build) Publish(AppRequest request, Account actor)
    {
        var files = ExportBuilder.Build(World.GameOf(request.Settings.Branch.Id), request.Settings, state.Engine);
        var app = AddApp(request);
        var build = AddBuild(request, "publish", actor, app);
        var job = AddJob(build, request.ProjectId, new JsonObject { ["app_id"] = app.Id, ["project_id"] = request.ProjectId });
        Start(build.Id, job.Id, app, () =>
        {
            state.Exports.Publish(app.Id, files);
            return new WorkResult(files.Sum(file => file.Content.Length), null);
        });
        return (app, job, build);
    }

    /// <summary>Packs an app for download.</summary>
    public (Job Job, Build Build) Download(AppRequest request, Account actor)
    {
        var game = World.GameOf(request.Settings.Branch.Id);
        var build = AddBuild(request, "download", actor);
        var job = AddJob(build, request.ProjectId, JobData(request), "download_url");
        Start(build.Id, job.Id, null, () => Pack(request.Settings.Name, ExportBuilder.Build(game, request.Settings, state.Engine)));
        return (job, build);
    }

    /// <summary>Exports a whole project, with everything that an import would need.</summary>
    public Job Export(Project project, Branch branch)
    {
        var files = ArchiveBuilder.Build(project, branch, World.ScenesOf(branch.Id), World.GameOf(branch.Id));
        var job = AddJob(null, project.Id, new JsonObject { ["project"] = new JsonObject { ["id"] = project.Id } }, "url");
        Start(0, job.Id, null, () => state.Options.ArchiveFile is { } file ? ResultOf(state.Exports.Add(project.Name, file, Now)) : Pack(project.Name, files));
        return job;
    }

    /// <summary>Creates a checkpoint: its record exists when the job ends, and the job's data then contains it.</summary>
    public Job MakeCheckpoint(Project project, Branch branch, string description, Account user)
    {
        var job = AddJob(null, project.Id, new JsonObject
        {
            ["type"] = "checkpoint_create",
            ["project_id"] = project.Id,
            ["branch_id"] = branch.Id,
            ["user_id"] = user.Id,
            ["description"] = description,
        });
        var unchanged = World.HasChanges(branch.Id) ? UnchangedBranch.Created : state.Options.UnchangedBranch;
        var outcome = unchanged == UnchangedBranch.JobFails ? JobOutcome.Error(NoChanges) : state.Faults.NextOutcome();
        state.Work.Add(new Work(0, job.Id, null, Now + state.Options.JobDuration, outcome, Task.FromResult(new WorkResult(0, null)))
        {
            DescribeResult = unchanged == UnchangedBranch.JobWithoutCheckpoint
                ? null
                : () => CheckpointRoutes.Show(World.AddCheckpoint(branch.Id, description, user.Id), state),
        });
        return job;
    }

    /// <summary>Deletes a build together with its result: the app of a publish, or the file of a download.</summary>
    public void Delete(Build build)
    {
        World.RemoveBuild(build.Id);
        if ((build.AppId ?? build.MakesAppId) is { } app)
            World.RemoveApp(app);
        if (build.ExportId is { } export)
            state.Exports.Remove(export);
    }

    /// <summary>Adds the files and the URL to an app that the world was seeded with.</summary>
    public App PublishSeeded(App app)
    {
        var branch = World.Branches.First(branch => branch.Id == app.BranchId);
        var scenes = World.ScenesOf(branch.Id);
        var files = ExportBuilder.Build(World.GameOf(branch.Id), new ExportSettings(app.Name, branch, scenes), state.Engine);
        state.Exports.Publish(app.Id, files);
        World.ChangeApp(app.Id, old => old with
        {
            Url = AppUrl(app.Id),
            Thumbnails = ThumbnailsOf(app.Id),
            Size = files.Sum(file => file.Content.Length),
        });
        return app;
    }

    private void Start(int buildId, int jobId, App? app, Func<WorkResult> work) =>
        state.Work.Add(new Work(buildId, jobId, app, Now + state.Options.JobDuration, state.Faults.NextOutcome(), Task.Run(work)));

    private WorkResult Pack(string name, IReadOnlyList<ExportFile> files) => ResultOf(state.Exports.Pack(name, files, Now, state.Faults.MutateZip));

    private static WorkResult ResultOf(StoredExport export) => new(export.Length, export.Id);

    private App AddApp(AppRequest request)
    {
        var id = World.NextId();
        return World.Add(new App(id, request.ProjectId, request.OwnerId, request.Settings.Name)
        {
            Description = request.Description,
            Version = request.Version,
            ReleaseNotes = request.ReleaseNotes,
            Thumbnails = ThumbnailsOf(id),
            CreatedAt = Now,
            ModifiedAt = Now,
            Url = AppUrl(id),
            Task = new AppTask(WorkStatus.Running, null),
            BranchId = request.Settings.Branch.Id,
        });
    }

    private Build AddBuild(AppRequest request, string type, Account actor, App? app = null) => World.Add(new Build(World.NextId(), request.ProjectId, type)
    {
        Branch = new BuildBranch(request.Settings.Branch.Id, request.Settings.Branch.Name),
        Actor = new BuildActor(actor.Id, actor.Username, actor.Username),
        Settings = BuildSettings.Of(type, request.Body, World.ScenesOf(request.Settings.Branch.Id)),
        Request = request.Body,
        MakesAppId = app?.Id,
        CreatedAt = Now,
        ModifiedAt = Now,
    });

    private Job AddJob(Build? build, int projectId, JsonObject data, string? urlField = null)
    {
        var job = World.Add(new Job(World.NextId(), Now)
        {
            ModifiedAt = Now,
            ProjectId = projectId,
            BuildJobId = build?.Id,
            Data = data,
            UrlField = urlField,
        });
        World.ChangeBuild(build?.Id ?? 0, old => old with { JobId = job.Id });
        return job;
    }

    private static JsonObject JobData(AppRequest request) => new()
    {
        ["name"] = request.Settings.Name,
        ["project_id"] = request.ProjectId,
        ["owner_id"] = request.OwnerId,
        ["branch_id"] = request.Settings.Branch.Id,
        ["scenes"] = new JsonArray([.. request.Settings.Scenes.Select(scene => JsonValue.Create(scene.Id))]),
        ["concatenate"] = request.Settings.Concatenate,
        ["minify"] = request.Settings.Minify,
        ["sourcemaps"] = request.Settings.Sourcemaps,
        ["optimize_scene_format"] = request.OptimizeSceneFormat,
        ["preload_bundle"] = request.Settings.PreloadBundle,
        ["format"] = request.Settings.Format,
        ["engineVersion"] = request.EngineVersion,
    };

    private string AppUrl(int id) => new Uri(state.StorageUrl, $"p/{id}/").AbsoluteUri;

    private Thumbnails ThumbnailsOf(int id) => new(AppUrl(id) + "logo.png", AppUrl(id) + "logo.png", AppUrl(id) + "logo.png", AppUrl(id) + "logo.png");
}
