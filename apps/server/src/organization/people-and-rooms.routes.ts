import { randomUUID } from 'node:crypto';
import {
  departmentSchema,
  pageOf,
  pageQuery,
  roomRequest,
  roomSchema,
  staffRequest,
  staffSchema,
  uuidSchema,
  type Staff,
} from '@jiapian/contract';
import { AppError } from '@jiapian/kernel';
import { z } from 'zod';
import { actorOf, recordEntry, type AuditActor } from '../audit/index.ts';
import type { Database, UnitOfWork } from '../platform/database.ts';
import type { App } from '../platform/http.ts';
import { listPageOf, pageFrom } from '../platform/list-page.ts';
import { pinyinKey } from '../platform/pinyin-key.ts';
import {
  findRoom,
  findStaff,
  listDepartments,
  listRooms,
  listStaff,
  saveRoom,
  saveStaff,
} from './organization.repository.ts';

const tags = ['organization'];
const reading = { permission: 'organization.read' } as const;
const managing = { permission: 'organization.manage' } as const;
const querystring = z.object(pageQuery);
const staffParams = z.object({ staffId: uuidSchema });
const roomParams = z.object({ roomId: uuidSchema });

export const peopleAndRoomRoutes = (app: App, database: Database): void => {
  app.get(
    '/api/v1/departments',
    {
      config: reading,
      schema: { tags, operationId: 'listDepartments', querystring, response: { 200: pageOf(departmentSchema) } },
    },
    async (request) => {
      const page = listPageOf(request.query);
      const rows = await database.withHospital(request.caller.hospitalId, (unit) => listDepartments(unit, page));
      return pageFrom(rows, page, (row) => [row.name, row.department_id], asDepartment);
    },
  );

  app.get(
    '/api/v1/rooms',
    {
      config: reading,
      schema: { tags, operationId: 'listRooms', querystring, response: { 200: pageOf(roomSchema) } },
    },
    async (request) => {
      const page = listPageOf(request.query);
      const rows = await database.withHospital(request.caller.hospitalId, (unit) => listRooms(unit, page));
      return pageFrom(rows, page, (row) => [row.name, row.room_id], asRoom);
    },
  );

  const storeRoom = async (hospitalId: string, by: AuditActor, roomId: string, body: z.output<typeof roomRequest>) =>
    database.withHospital(hospitalId, async (unit) => {
      await saveRoom(unit, { room_id: roomId, name: body.name, department_id: body.departmentId });
      const fact = { action: 'organization.room-saved', subjectKind: 'room', subjectId: roomId, facts: { ...body } };
      await recordEntry(unit, by, fact);
      return { roomId, ...body };
    });

  app.post(
    '/api/v1/rooms',
    {
      config: managing,
      schema: { tags, operationId: 'addRoom', body: roomRequest, response: { 201: roomSchema } },
    },
    async (request, reply) =>
      reply.code(201).send(await storeRoom(request.caller.hospitalId, actorOf(request), randomUUID(), request.body)),
  );

  app.patch(
    '/api/v1/rooms/:roomId',
    {
      config: managing,
      schema: { tags, operationId: 'changeRoom', params: roomParams, body: roomRequest, response: { 200: roomSchema } },
    },
    async (request) => {
      const { hospitalId } = request.caller;
      const { roomId } = request.params;
      const room = await database.withHospital(hospitalId, (unit) => findRoom(unit, roomId));
      if (!room) throw new AppError('ORGANIZATION_NOT_FOUND', { kind: 'room' });
      return storeRoom(hospitalId, actorOf(request), roomId, request.body);
    },
  );

  app.get(
    '/api/v1/staff',
    {
      config: reading,
      schema: { tags, operationId: 'listStaff', querystring, response: { 200: pageOf(staffSchema) } },
    },
    async (request) => {
      const page = listPageOf(request.query);
      const rows = await database.withHospital(request.caller.hospitalId, (unit) => listStaff(unit, page));
      return pageFrom(rows, page, (row) => [row.staff_number, row.staff_id], asStaff);
    },
  );

  app.post(
    '/api/v1/staff',
    {
      config: managing,
      schema: { tags, operationId: 'addStaff', body: staffRequest, response: { 201: staffSchema } },
    },
    async (request, reply) => {
      const staff = await database.withHospital(request.caller.hospitalId, (unit) =>
        storeStaff(unit, actorOf(request), randomUUID(), request.body),
      );
      return reply.code(201).send(staff);
    },
  );

  app.patch(
    '/api/v1/staff/:staffId',
    {
      config: managing,
      schema: {
        tags,
        operationId: 'changeStaff',
        params: staffParams,
        body: staffRequest,
        response: { 200: staffSchema },
      },
    },
    async (request) =>
      database.withHospital(request.caller.hospitalId, async (unit) => {
        const { staffId } = request.params;
        if (!(await findStaff(unit, staffId))) throw new AppError('ORGANIZATION_NOT_FOUND', { kind: 'staff' });
        return storeStaff(unit, actorOf(request), staffId, request.body);
      }),
  );
};

/** Adds or changes a person; the staff number is theirs alone. */
const storeStaff = async (
  unit: UnitOfWork,
  by: AuditActor,
  staffId: string,
  body: z.output<typeof staffRequest>,
): Promise<Staff> => {
  const values = {
    staff_number: body.staffNumber,
    name: body.name,
    name_pinyin: pinyinKey(body.name),
    post: body.post,
    is_active: body.isActive,
  };
  if (!(await saveStaff(unit, staffId, values))) throw new AppError('ORGANIZATION_STAFF_NUMBER_TAKEN');
  await recordEntry(unit, by, {
    action: 'organization.staff-saved',
    subjectKind: 'staff',
    subjectId: staffId,
    facts: { staffNumber: body.staffNumber, post: body.post, isActive: body.isActive },
  });
  return asStaff({ staff_id: staffId, ...values });
};

const asStaff = (row: {
  staff_id: string;
  staff_number: string;
  name: string;
  name_pinyin: string;
  post: string;
  is_active: boolean;
}): Staff => ({
  staffId: row.staff_id,
  staffNumber: row.staff_number,
  name: row.name,
  namePinyin: row.name_pinyin,
  post: row.post,
  isActive: row.is_active,
});

const asDepartment = (row: { department_id: string; name: string }) => ({
  departmentId: row.department_id,
  name: row.name,
});

const asRoom = (row: { room_id: string; name: string; department_id: string | null }) => ({
  roomId: row.room_id,
  name: row.name,
  departmentId: row.department_id,
});
