using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace PlayCanvas.Sandbox;

/// <summary>
/// The records of the sandbox. Every list is a snapshot of immutable records; every change goes through a method. All members may be called from
/// any thread while the server handles requests.
/// </summary>
public sealed class World
{
    /// <summary>The id of the seeded project.</summary>
    public const int ProjectId = 1234567;

    /// <summary>The id of a project that belongs to another account.</summary>
    public const int ForeignProjectId = 7654321;

    /// <summary>The id of the seeded project's main branch.</summary>
    public const string MainBranchId = "a1b2c3d4-0000-4000-8000-000000000001";

    /// <summary>The id of the seeded project's second branch.</summary>
    public const string DevelopmentBranchId = "a1b2c3d4-0000-4000-8000-000000000002";

    /// <summary>The id of the scene <c>Main</c>.</summary>
    public const int MainSceneId = 2000001;

    /// <summary>The id of the scene <c>Level 2</c>.</summary>
    public const int Level2SceneId = 2000002;

    private readonly Lock gate = new();
    private readonly List<Account> accounts = [];
    private readonly List<Project> projects = [];
    private readonly List<Branch> branches = [];
    private readonly List<Checkpoint> checkpoints = [];
    private readonly List<Scene> scenes = [];
    private readonly List<App> apps = [];
    private readonly List<Job> jobs = [];
    private readonly List<Build> builds = [];
    private readonly Dictionary<string, Game> games = [];
    private readonly Dictionary<string, Game> savedGames = [];
    private readonly ServerClock clock;
    private int lastId = 3000000;

    internal World(ServerClock clock) => this.clock = clock;

    /// <summary>All accounts.</summary>
    public IReadOnlyList<Account> Accounts => Snapshot(accounts);

    /// <summary>All projects.</summary>
    public IReadOnlyList<Project> Projects => Snapshot(projects);

    /// <summary>All branches, each project's main branch first.</summary>
    public IReadOnlyList<Branch> Branches => Settled(branches);

    /// <summary>All checkpoints, oldest first.</summary>
    public IReadOnlyList<Checkpoint> Checkpoints => Settled(checkpoints);

    /// <summary>The scenes of all branches.</summary>
    public IReadOnlyList<Scene> Scenes => Snapshot(scenes);

    /// <summary>All apps, oldest first.</summary>
    public IReadOnlyList<App> Apps => Settled(apps);

    /// <summary>All jobs, oldest first.</summary>
    public IReadOnlyList<Job> Jobs => Settled(jobs);

    /// <summary>All builds, oldest first.</summary>
    public IReadOnlyList<Build> Builds => Settled(builds);

    /// <summary>Adds an account.</summary>
    public Account AddAccount(string username, AccountPlan plan = AccountPlan.Organization) =>
        Add(accounts, new Account(NextId(), username, plan));

    /// <summary>Adds a project with a main branch, the sandbox's game and no scenes.</summary>
    public Project AddProject(string name, string ownerName, int? id = null, string? mainBranchId = null)
    {
        var owner = Accounts.First(account => account.Username == ownerName);
        var branchId = mainBranchId ?? Guid.NewGuid().ToString();
        var project = Add(projects, new Project(id ?? NextId(), owner.Id, name) { MainBranchId = branchId, CurrentBranchId = branchId });
        Add(branches, new Branch(branchId, project.Id, "main", clock.Now) { Permanent = true, UserId = owner.Id });
        SetGame(branchId, Game.SpinningBox);
        AddCheckpoint(branchId, "Project created", owner.Id);
        return project;
    }

    /// <summary>Adds a branch with a copy of the scenes and the game of the given branch, or of the main branch.</summary>
    public Branch AddBranch(string name, int projectId = ProjectId, string? sourceBranchId = null, string? id = null, bool closed = false)
    {
        var project = Projects.First(project => project.Id == projectId);
        var source = sourceBranchId ?? project.MainBranchId;
        var branch = Add(branches, new Branch(id ?? Guid.NewGuid().ToString(), projectId, name, clock.Now)
        {
            Closed = closed,
            UserId = project.OwnerId,
            LatestCheckpointId = Branches.First(other => other.Id == source).LatestCheckpointId,
        });
        foreach (var scene in Scenes.Where(scene => scene.BranchId == source))
            Add(scenes, scene with { BranchId = branch.Id });
        SetGame(branch.Id, GameOf(source));
        return branch;
    }

    /// <summary>Adds a checkpoint.</summary>
    public Checkpoint AddCheckpoint(string branchId, string description, int? userId = null)
    {
        var branch = Branches.First(branch => branch.Id == branchId);
        var checkpoint = Add(checkpoints, new Checkpoint(Guid.NewGuid().ToString(), branch.ProjectId, branchId, description, clock.Now, userId ?? branch.UserId)
        {
            Size = GameOf(branchId).Assets.Sum(asset => asset.Content?.Length ?? 0),
        });
        Change(branches, other => other.Id == branchId, other => other with { LatestCheckpointId = checkpoint.Id });
        lock (gate)
            savedGames[branchId] = games[branchId];
        return checkpoint;
    }

    /// <summary>Whether the game of a branch has changed since the branch's last checkpoint.</summary>
    public bool HasChanges(string branchId)
    {
        lock (gate)
            return !savedGames.TryGetValue(branchId, out var saved) || !ReferenceEquals(saved, games[branchId]);
    }

    /// <summary>Adds a scene to the given branch, or to the project's main branch. Several scenes may have the same name, as in PlayCanvas.</summary>
    public Scene AddScene(string name, int projectId = ProjectId, string? branchId = null, int? id = null)
    {
        var branch = branchId ?? Projects.First(project => project.Id == projectId).MainBranchId;
        var color = Scenes.Count(scene => scene.BranchId == branch) % 2 == 0 ? GameColors.OrangeBox : GameColors.GreenBox;
        return Add(scenes, new Scene(id ?? NextId(), projectId, branch, name, clock.Now, clock.Now) { BoxColor = color });
    }

    /// <summary>Removes a scene from every branch.</summary>
    public void RemoveScene(int id) => Remove(scenes, scene => scene.Id == id);

    /// <summary>Adds a complete app, as if it had been published before. It has no files, so its URL responds with 404.</summary>
    public App AddApp(string name, string? version = null, int projectId = ProjectId, string? branchId = null)
    {
        var project = Projects.First(project => project.Id == projectId);
        return Add(apps, new App(NextId(), projectId, project.OwnerId, name)
        {
            Version = version,
            CreatedAt = clock.Now,
            ModifiedAt = clock.Now,
            CompletedAt = clock.Now,
            BranchId = branchId ?? project.MainBranchId,
        });
    }

    /// <summary>
    /// Adds the record of the build that created an app, as if an account had sent <paramref name="request"/> from the Editor or through the API.
    /// </summary>
    public Build AddBuild(App app, string actorName, string source, JsonObject request)
    {
        var actor = Accounts.First(account => account.Username == actorName);
        return Add(builds, new Build(NextId(), app.ProjectId, "publish")
        {
            AppId = app.Id,
            Status = WorkStatus.Complete,
            Branch = new BuildBranch(app.BranchId, Branches.First(branch => branch.Id == app.BranchId).Name),
            Actor = new BuildActor(actor.Id, actor.Username, actor.Username),
            Source = new BuildSource(source),
            Settings = BuildSettings.Of("publish", request, ScenesOf(app.BranchId)),
            Request = request,
            CreatedAt = clock.Now,
            ModifiedAt = clock.Now,
            CompletedAt = clock.Now,
        });
    }

    /// <summary>Changes an app.</summary>
    public void ChangeApp(int id, Func<App, App> change) => Change(apps, app => app.Id == id, change);

    /// <summary>Removes an app. A project whose primary app it was then has none.</summary>
    public bool RemoveApp(int id)
    {
        Change(projects, project => project.PrimaryAppId == id, project => project with { PrimaryAppId = null });
        return Remove(apps, app => app.Id == id);
    }

    /// <summary>Changes a project, for example its primary app.</summary>
    public void ChangeProject(int id, Func<Project, Project> change) => Change(projects, project => project.Id == id, change);

    /// <summary>Removes a job: requests for it then get the response 404.</summary>
    public bool RemoveJob(int id) => Remove(jobs, job => job.Id == id);

    /// <summary>Removes a build.</summary>
    public bool RemoveBuild(int id) => Remove(builds, build => build.Id == id);

    /// <summary>Changes a branch, for example to close it.</summary>
    public void ChangeBranch(string id, Func<Branch, Branch> change) => Change(branches, branch => branch.Id == id, change);

    /// <summary>Returns the current game of a branch.</summary>
    public Game GameOf(string branchId)
    {
        lock (gate)
            return games[branchId];
    }

    /// <summary>Changes the game of a branch, by default the seeded project's main branch, for exports that are requested from now on.</summary>
    public void ChangeGame(Func<Game, Game> change, string branchId = MainBranchId)
    {
        lock (gate)
            games[branchId] = change(games[branchId]);
    }

    internal IReadOnlyList<Scene> ScenesOf(string branchId) => [.. Scenes.Where(scene => scene.BranchId == branchId)];

    /// <summary>Updates the jobs in progress; called before records that depend on them are read.</summary>
    internal Action Settle { get; set; } = () => { };

    internal int NextId() => Interlocked.Increment(ref lastId);

    internal App Add(App app) => Add(apps, app);

    internal Job Add(Job job) => Add(jobs, job);

    internal Build Add(Build build) => Add(builds, build);

    internal void ChangeJob(int id, Func<Job, Job> change) => Change(jobs, job => job.Id == id, change);

    internal void ChangeBuild(int id, Func<Build, Build> change) => Change(builds, build => build.Id == id, change);

    private void SetGame(string branchId, Game game)
    {
        lock (gate)
            games[branchId] = game;
    }

    private ImmutableArray<T> Settled<T>(List<T> list)
    {
        Settle();
        return Snapshot(list);
    }

    private ImmutableArray<T> Snapshot<T>(List<T> list)
    {
        lock (gate)
            return [.. list];
    }

    private T Add<T>(List<T> list, T item)
    {
        lock (gate)
            list.Add(item);
        return item;
    }

    private bool Remove<T>(List<T> list, Predicate<T> which)
    {
        lock (gate)
            return list.RemoveAll(which) > 0;
    }

    private void Change<T>(List<T> list, Predicate<T> which, Func<T, T> change)
    {
        lock (gate)
        {
            for (var i = 0; i < list.Count; i++)
            {
                if (which(list[i]))
                    list[i] = change(list[i]);
            }
        }
    }
}
