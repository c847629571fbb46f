using Mono.Cecil;
using Mono.Cecil.Cil;
using PlayCanvas.Build.Tasks;

namespace PlayCanvas.Build.Tests.Architecture;

/// <summary>Reads the metadata and the code of the assembly that ships.</summary>
internal static class ProductAssembly
{
    public static string Location => typeof(PlayCanvasTask).Assembly.Location;

    /// <summary>Returns the types of a namespace and of the namespaces below it, including nested types.</summary>
    public static IEnumerable<TypeDefinition> TypesOf(ModuleDefinition module, string @namespace) =>
        module.Types
            .Where(type => type.Namespace == @namespace || type.Namespace.StartsWith(@namespace + ".", StringComparison.Ordinal))
            .SelectMany(WithNested);

    public static IEnumerable<TypeDefinition> WithNested(TypeDefinition type) => type.NestedTypes.SelectMany(WithNested).Prepend(type);

    /// <summary>Returns every type that a type references: in its members, in its attributes, and in its code.</summary>
    public static IEnumerable<TypeReference> TypesNamedIn(TypeDefinition type) =>
        Shape(type).Concat(type.Methods.SelectMany(NamedIn)).OfType<TypeReference>().SelectMany(Parts);

    /// <summary>Returns the namespace of the outermost type, since nested types do not have one.</summary>
    public static string NamespaceOf(TypeReference type) => type.DeclaringType is null ? type.Namespace : NamespaceOf(type.DeclaringType);

    private static IEnumerable<TypeReference?> Shape(TypeDefinition type) =>
    [
        type.BaseType,
        .. type.Interfaces.Select(face => face.InterfaceType),
        .. type.GenericParameters.SelectMany(parameter => parameter.Constraints).Select(constraint => constraint.ConstraintType),
        .. type.Fields.Select(field => field.FieldType),
        .. type.Properties.Select(property => property.PropertyType),
        .. type.Events.Select(@event => @event.EventType),
        .. Attributes(type),
        .. type.Fields.SelectMany(Attributes),
        .. type.Properties.SelectMany(Attributes),
    ];

    private static IEnumerable<TypeReference?> NamedIn(MethodDefinition method) =>
    [
        .. Signature(method),
        .. Attributes(method),
        .. method.Parameters.SelectMany(Attributes),
        .. method.GenericParameters.SelectMany(parameter => parameter.Constraints).Select(constraint => constraint.ConstraintType),
        .. method.HasBody ? NamedIn(method.Body) : [],
    ];

    private static IEnumerable<TypeReference?> NamedIn(MethodBody body) =>
        body.Variables.Select(variable => variable.VariableType)
            .Concat(body.ExceptionHandlers.Select(handler => handler.CatchType))
            .Concat(body.Instructions.SelectMany(instruction => NamedIn(instruction.Operand)));

    private static IEnumerable<TypeReference?> NamedIn(object? operand) => operand switch
    {
        TypeReference type => [type],
        FieldReference field => [field.DeclaringType, field.FieldType],
        MethodReference method => [method.DeclaringType, .. Signature(method)],
        _ => [],
    };

    private static IEnumerable<TypeReference?> Signature(MethodReference method) =>
    [
        method.ReturnType,
        .. method.Parameters.Select(parameter => parameter.ParameterType),
        .. method is GenericInstanceMethod generic ? generic.GenericArguments : [],
    ];

    private static IEnumerable<TypeReference?> Attributes(ICustomAttributeProvider provider) =>
        provider.CustomAttributes.SelectMany(attribute => attribute.ConstructorArguments
            .Select(argument => argument.Value as TypeReference)
            .Prepend(attribute.AttributeType));

    /// <summary>Splits a type: <c>List&lt;App[]&gt;</c> consists of <c>List</c> and <c>App</c>.</summary>
    private static IEnumerable<TypeReference> Parts(TypeReference type) => type switch
    {
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Prepend(generic.ElementType),
        TypeSpecification specification => Parts(specification.ElementType),
        _ => [type],
    };
}
